#!/usr/bin/env python3
"""Writes the demo project, except its workflow template: run by hand after a change of the cast, then commit the output.

    python3 assets/generate-demo-project.py

The same cast gives the same bytes: there is no clock and no chance in here, every number is drawn from a digest of what it
belongs to. All persons are invented adults; buckets, job ids and checksums are made up. Each line of CAST says which state of
eligibility its actor stands for; Tests/DemoProjectTests checks that every state is still there.
"""

import hashlib
import json
import shutil
import struct
import zlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE / "demo-project"
ASSETS, FILES, REGION = "demo-casting-assets", "demo-user-files", "eu-central-1"
START = datetime(2026, 3, 2, 9, 0, 0)


@dataclass
class Actor:
    """One line of the cast. `synced` images have an address, `local` ones have none, `stale` ones have one but are not synced."""

    id: int
    look: tuple[str, int, str]  # ethnicity, age, sex
    person: str
    face: str
    outfit: str
    synced: int = 0
    local: int = 0
    stale: int = 0
    approved: bool | None = True  # None: the key is absent
    models: list[tuple[str, bool | None]] = field(default_factory=list)  # version, good (None: the key is absent)
    padded: bool = True  # the models' names: actor_0006_V7 or actor_6_V7
    versions: list[dict] = field(default_factory=list)
    good: bool | None = None  # the actor's own flag; says nothing about a model
    manifest: bool = True
    listed: bool = True  # stands in actorsData.json
    name: str = ""  # an odd name instead of the made one
    addresses: str = "region"
    extra: dict = field(default_factory=dict)
    newline: bool = False
    pictures: int = 0  # training images that exist as files

    @property
    def slug(self) -> str:
        return "_".join([f"{self.id:04d}", *map(str, self.look)])

    @property
    def shown(self) -> str:
        return self.name or self.slug


def version(name, status, images, *, job="", days=0, zone="Z", note="", **more):
    """A TrainingVersion as either writer leaves it: the page with `Z`, the script in local time without a zone (zone="")."""
    moment = START + timedelta(days=days, minutes=len(job) * 7 % 60)
    return dict(
        id=job or job_id(f"{name}{status}{images}{days}{note}"), name=name, description=note or f"Auto-trained with {images} images",
        timestamp=stamp(moment, zone), parameters=parameters(images), status=status, imageCount=images, **more)


def job_id(seed, suffix="-e1"):
    h = hashlib.md5(seed.encode()).hexdigest()
    return f"{h[:8]}-{h[8:12]}-4{h[13:16]}-9{h[17:20]}-{h[20:32]}{suffix}"


def stamp(moment, zone="Z"):
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + ("417Z" if zone else "417283")


def parameters(images):
    steps, rate, repeats = next(row[1:] for row in
                                [(15, 1500, 2e-4, 2), (30, 2000, 2.5e-4, 2), (60, 2500, 1.5e-4, 1), (10**9, 3000, 1e-4, 1)]
                                if images <= row[0])
    return dict(learning_rate=rate, max_train_steps=steps, network_dim=16, network_alpha=8, class_tokens="", batch_size=1,
                num_repeats=repeats, lr_scheduler="cosine", lr_warmup_steps=steps // 5, optimizer_type="adamw8bit",
                gradient_dtype="bf16")


CAST = [
    # Eligible: approved, synced, no model that is good or waits for a verdict. Each row of the parameter table, and its edges.
    Actor(1, ("scandinavian", 34, "female"), "Sunniva Hartdal", "with a braided ash blonde crown and pale freckles",
          "Grey wool coat over a moss green jumper, dark trousers and laced boots.", synced=19, local=4, pictures=3),
    Actor(2, ("west_african", 41, "male"), "Kwabena Ofosu-Lindt", "with a shaved head and a short greying beard",
          "Indigo linen shirt with rolled sleeves, sand coloured chinos and leather sandals.", synced=12, pictures=2),
    Actor(3, ("andean", 52, "female"), "Yuria Quispe Arnal", "with long black hair in two plaits and laughter lines",
          "Red woven shawl over a white blouse, a long dark skirt and a felt hat.", synced=15, good=False),
    Actor(4, ("bengali", 27, "male"), "Tanmoy Sarkhel", "with tousled black hair and round glasses",
          "Charcoal hooded jacket, plain white T-shirt, blue jeans and canvas shoes.", synced=16, good=True),
    Actor(5, ("alpine", 63, "male"), "Korbinian Aschl", "with a full white moustache and a weathered face",
          "Checked flannel shirt, corduroy waistcoat and heavy walking boots.", synced=24,
          versions=[version("V1", "failed", 22, days=3, error="CUDA out of memory", failedAt=stamp(START + timedelta(days=3, minutes=9)))]),
    Actor(6, ("levantine", 38, "female"), "Rima Haddouni", "with wavy dark brown hair and a small scar on her chin",
          "Cream trouser suit, silk scarf in saffron and flat loafers.", synced=30, addresses="mixed"),
    Actor(7, ("andalusian", 29, "female"), "Lola Vergara Peix", "with short curly hair and a gap between her front teeth",
          "Yellow raincoat, striped shirt and wide blue trousers.", synced=31, newline=True),
    Actor(8, ("korean", 45, "male"), "Baek Seo-jin", "with side-parted hair that is grey at the temples",
          "Navy overcoat, grey roll-neck and pressed trousers.", synced=45,
          extra={"review": {"by": "casting", "score": "4.50", "notes": "calm, precise \u2013 keep"}, "priority": 1}),
    Actor(9, ("hebridean", 57, "female"), "Mairead Gillanders", "with a silver bob and bright grey eyes",
          "Oatmeal cardigan, tweed skirt and a silver brooch.", synced=60),
    Actor(10, ("ethiopian", 33, "male"), "Dawit Berhanu Kell", "with short twists and a thin chinstrap beard",
          "White cotton tunic with an embroidered collar and light trousers.", synced=61),
    Actor(11, ("polynesian", 48, "male"), "Tavita Faleolo-Reyne", "with long tied-back hair and a broad smile",
          "Short-sleeved shirt with a fern print and dark shorts.", synced=72),
    Actor(12, ("punjabi", 24, "female"), "Harleen Bassi-Vogt", "with straight waist-long hair and a nose stud",
          "Teal kurta, slim jeans and white trainers.", synced=17, padded=False, models=[("imported", False), ("V9", False), ("V10", False)],
          versions=[
              version("V10", "completed", 17, days=22, job=job_id("twelve-ten", "-e2"), isGood=False,
                      completedAt=stamp(START + timedelta(days=22, minutes=41))),
              version("V9", "completed", 17, days=21, zone="", job=job_id("twelve-nine", "-u1"), isGood=False,
                      completedAt=stamp(START + timedelta(days=21, minutes=39), "")),
              version("imported", "completed", 17, days=1, note="Taken over from the old studio", isGood=False)]),
    Actor(13, ("japanese", 31, "female"), "Mio Kawasumi", "with a blunt fringe and a dimple on the left",
          "Black dungarees over a mustard jumper and ankle boots.", synced=20,
          name="0013_\u6771\u4eac\u306e\u8239\u9577_Zoe\u0308_31_\U0001f3ad"),
    Actor(14, ("patagonian", 70, "male"), "Anselmo Cuyul Brandt", "with wind-burnt skin and thick white eyebrows",
          "Dark poncho, knitted cap and worn leather boots.", synced=5, good=True),
    # Eligible, and warned about: under five images.
    Actor(15, ("sardinian", 36, "male"), "Efisio Mannu", "with cropped dark hair and a broken nose",
          "Brown leather jacket, grey T-shirt and work trousers.", synced=3),

    # Data not approved: the key is absent, or false.
    Actor(16, ("lusitanian", 22, "female"), "Benedita Falcoeira", "with copper curls and many freckles",
          "Denim jacket, white dress and red plimsolls.", synced=18, approved=None),
    Actor(17, ("kazakh", 44, "male"), "Yerbol Satanov", "with a round face and a thin moustache",
          "Quilted waistcoat over a grey shirt, felt boots.", synced=26, approved=None),
    Actor(18, ("berber", 59, "female"), "Tiziri Amellal", "with henna-red hair under a patterned scarf",
          "Striped wool wrap, silver fibulae and leather slippers.", synced=40, local=2, approved=False),
    Actor(19, ("baltic", 25, "male"), "Rolands Egle", "with straw blonde hair and a long chin",
          "Green parka, black jumper and cargo trousers.", synced=14, approved=False),
    Actor(20, ("caribbean", 31, "female"), "Josette Marlowe-Baptiste", "with shoulder-long locs and gold earrings",
          "Coral blouse, high-waisted trousers and a straw bag.", synced=4, approved=None),

    # A good model already: both spellings of a model's name.
    Actor(21, ("scandinavian", 46, "male"), "Torbj\u00f8rn Ekre", "with a reddish beard and a receding hairline",
          "Dark fisherman's jumper and waxed trousers.", synced=23, models=[("V1", False), ("V2", True)]),
    Actor(22, ("west_african", 28, "female"), "Adwoa Sintim", "with a high afro puff and a beauty mark",
          "Printed wrap dress and wooden bangles.", synced=19, local=4, padded=False, models=[("V6", None), ("V7", True)], good=True,
          newline=True),
    Actor(23, ("andean", 39, "male"), "Illari Mamani Roth", "with high cheekbones and a low ponytail",
          "Alpaca jumper in grey and white, dark jeans.", synced=33, models=[("V1", True)],
          versions=[version("V1", "completed", 33, days=12, isGood=True,
                            completedAt=stamp(START + timedelta(days=12, minutes=58)))]),

    # A completed model without a verdict: with a version that names it, in the manifest alone, and in the versions alone.
    Actor(24, ("bengali", 55, "female"), "Sharmistha Ghatak", "with grey-streaked hair in a bun",
          "Cotton sari in white and red, black-framed glasses.", synced=21, models=[("V1", None)],
          versions=[version("V1", "completed", 21, days=18, completedAt=stamp(START + timedelta(days=18, minutes=52)))]),
    Actor(25, ("alpine", 32, "female"), "Vroni Thalgott", "with a long fair plait and rosy cheeks",
          "Blue linen dress, grey knitted jacket and hiking shoes.", synced=28, padded=False, models=[("V3", None)]),
    Actor(26, ("levantine", 66, "male"), "Boutros Shamoun", "with a hooked nose and heavy eyelids",
          "Brown three-piece suit and a narrow tie.", synced=13,
          versions=[version("V2", "completed", 13, days=20, completedAt=stamp(START + timedelta(days=20, minutes=31))),
                    version("V1", "failed", 13, days=19, zone="", error="Worker lost", failedAt=stamp(START + timedelta(days=19), ""))]),

    # A version that is pending, or training, under a job id of which nothing is known here.
    Actor(27, ("korean", 37, "female"), "Nam Ha-eun", "with a chin-long bob and thin brows",
          "Pale pink blazer, white shirt and grey trousers.", synced=22,
          versions=[version("V1", "pending", 22, days=24, job=job_id("twenty-seven", "-e2"))]),
    Actor(28, ("ethiopian", 50, "female"), "Selamawit Tadele", "with tightly braided rows and a calm look",
          "White shawl with a green border over a long dress.", synced=36,
          versions=[version("V4", "training", 36, days=25, zone="", job=job_id("twenty-eight", "-u1")),
                    version("V3", "failed", 36, days=23, error="Training timed out", failedAt=stamp(START + timedelta(days=23, hours=2)))]),

    # No image on S3, and no image at all.
    Actor(29, ("polynesian", 26, "female"), "Leilua Tamasese", "with sun-bleached tips and a flower behind her ear",
          "Blue wrap skirt, white vest and a shell necklace.", local=11),
    Actor(30, ("punjabi", 61, "male"), "Gurbax Dhaliwal-Horn", "with a white beard and a maroon turban",
          "Beige suit, open collar and polished shoes."),
    Actor(31, ("hebridean", 35, "male"), "Calum Strachan", "with dark red hair and a crooked grin",
          "Blue overalls and a knitted hat.", approved=None),

    # Not synced: the address is there, the copy behind it is older than the image.
    Actor(32, ("japanese", 58, "male"), "Shigeo Minaguchi", "with a grey crew cut and deep smile lines",
          "Navy work jacket and a towel around his neck.", synced=17, stale=5),
    Actor(33, ("patagonian", 43, "female"), "Ailin Huenchuman", "with a heavy fringe and wind-red cheeks",
          "Orange anorak, wool skirt and rubber boots.", synced=40, stale=1, local=3),

    # No manifest.
    Actor(34, ("sardinian", 23, "female"), "Grazia Piredda", "with a short dark pixie cut", "Black dress and a white collar.", manifest=False),
    Actor(35, ("lusitanian", 49, "male"), "Telmo Quintela", "with salt-and-pepper hair and sideburns",
          "White linen suit and a panama hat.", manifest=False, good=False),

    # Names that would break a careless screen or path. None of them is eligible.
    Actor(36, ("kazakh", 30, "female"), "Aigerim Dosova", "with a long neck and a mole above her lip",
          "Grey felt coat.", synced=12, approved=None,
          name="0036_\u001b[2J\u001b[31mred\u001b]0;title\u0007_\r\n\t\u0000\u009b1m\u202egnihton\u202c_../../outside"),
    Actor(37, ("berber", 47, "male"), "Idir Oussalem", "with a white-flecked beard", "Brown hooded cloak.", synced=16, approved=False,
          name="0037_" + "verylongname" * 24 + "_ending"),

    # Several reasons at once.
    Actor(38, ("baltic", 68, "female"), "Aldona Vaitkute", "with snow-white hair in a plait",
          "Amber beads, linen blouse and a grey skirt.", local=6, approved=False, models=[("V1", True)],
          versions=[version("V2", "pending", 6, days=2, job=job_id("thirty-eight", "-e1"))]),
    # Written by a person: keys that no program knows, numbers and escapes in forms of their own.
    Actor(39, ("caribbean", 40, "male"), "Delroy Augustin-Peel", "with a shaved head and a gold tooth",
          "Short-sleeved printed shirt and white trousers.", synced=25, approved=None, newline=True,
          extra={"x-studio": {"rights": "until 2031", "ratio": "1.50", "budget": "1E3", "tags": ["lead", "pilot"], "link": None}}),
    # Its own images lie in the project folder too; response.json marks them as synced.
    Actor(40, ("andalusian", 51, "male"), "Curro Montesdeoca", "with slicked-back grey hair and thick brows",
          "Dark suit jacket, open white shirt.", synced=6, approved=False, pictures=6),
    # Not in actorsData.json: its versions lie under its number.
    Actor(77, ("andean", 33, "male"), "Wayra Condori Falk", "with an undercut and a silver ear cuff", "Black bomber jacket.",
          synced=18, listed=False, versions=[version("V1", "completed", 18, days=6, completedAt=stamp(START + timedelta(days=6, minutes=44)))]),
]


def number(seed, low, high):
    """A number in low..<high that depends on nothing but its seed."""
    return low + int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big") % (high - low)


def digest(seed):
    return hashlib.md5(seed.encode()).hexdigest()


def megabytes(size):
    return round(size / 1048576, 2)


def url(bucket, key, form="region"):
    host = {"region": f"{bucket}.s3.{REGION}.amazonaws.com/", "global": f"{bucket}.s3.amazonaws.com/",
            "accelerated": f"{bucket}.s3-accelerate.amazonaws.com/", "path": f"s3.{REGION}.amazonaws.com/{bucket}/"}[form]
    return f"https://{host}{key}"


def posters(slug):
    def of(form):
        made = {f"webp_{size}": url(ASSETS, f"system_actors/poster_frames/{slug}_poster_{size}.webp", form) for size in ("sm", "md", "lg")}
        return made | {"png": url(ASSETS, f"system_actors/poster_frames/{slug}_poster.png", form)}
    return {"standard": of("region"), "accelerated": of("accelerated")}


def listing(actor):
    """The actor's entry in actorsData.json; two writers left two orders of its keys."""
    ethnicity, age, sex = actor.look
    words = ethnicity.replace("_", " ")
    kind = "woman" if sex == "female" else "man"
    face = f"a {age} year old {words} {kind}, {actor.face}"
    head = dict(id=actor.id, img=f"{actor.slug}.webp", age=str(age), sex=sex, ethnicity=ethnicity,
                face_prompt=f"{actor.person} as {face}", name=actor.shown, image=f"image{actor.id + 1}", outfit=actor.outfit)
    tail = dict(description=face[0].upper() + face[1:], url=url(ASSETS, f"system_actors/lora_models/{actor.slug}.safetensors", "accelerated"))
    frames = dict(poster_frames=posters(actor.slug))
    if actor.id == 36:
        tail["description"] = "Draws \u001b[5mblinking\u001b[0m text, rings \u0007 and goes \u202ebackwards"
    if actor.id == 13:
        tail["description"] += " \u2013 \u30c6\u30b9\u30c8, e\u0301te\u0301, \U0001f469\U0001f3fd\u200d\U0001f3a8"
    entry = head | (frames | tail if actor.id % 4 == 0 else tail | frames)
    return entry if actor.good is None else entry | dict(good=actor.good)


def image(actor, index, state):
    filename = f"{actor.slug}_{index}.png"
    key = f"system_actors/training_data/{actor.slug}/{filename}"
    size = number(key, 190_000, 420_000)
    moment = START - timedelta(days=40) + timedelta(seconds=number(key + "time", 0, 900_000), microseconds=number(key + "us", 1, 10**6))
    form = ["region", "global", "accelerated", "path"][index % 4] if actor.addresses == "mixed" else "region"
    address = None if state == "local_only" else url(ASSETS, key, form)
    times = dict(size_bytes=size, size_mb=megabytes(size), modified_timestamp=(moment - datetime(1970, 1, 1)).total_seconds(),
                 modified_date=moment.isoformat())
    if actor.id % 3 == 0:
        return dict(filename=filename, s3_url=address, md5_hash=digest(key), **times, status=state)
    return dict(filename=filename, local_path=f"data/actors/{actor.slug}/training_data/{filename}", **times, md5_hash=digest(key),
                s3_url=address, status=state)


def model(filename, bucket, key, size, **more):
    moment = START + timedelta(seconds=number(key, 0, 2_000_000))
    return dict(filename=filename, **more, s3_url=url(bucket, key), s3_accelerated_url=url(bucket, key, "accelerated"), size_bytes=size,
                size_mb=megabytes(size), md5_hash=f"{digest(key)}-{size // 8388608 + 1}", last_modified=moment.isoformat() + "+00:00",
                created_date=moment.date().isoformat(), format="safetensors")


def custom_model(actor, name, good):
    filename = f"actor_{actor.id:04d}_{name}.safetensors" if actor.padded else f"actor_{actor.id}_{name}.safetensors"
    made = model(filename, FILES, f"actor_maker_user/custom-actors/models/{filename}", number(filename, 153_271_900, 153_272_100), version=name)
    return made if good is None else made | dict(good=good)


def manifest(actor):
    """The actor's manifest. The statistics count local images too, as the program that wrote them did."""
    states = ["local_only"] * actor.local + ["modified"] * actor.stale + ["synced"] * actor.synced
    images = [image(actor, index, state) for index, state in enumerate(states)]
    entry = listing(actor)
    base = number(actor.slug, 1_100_000, 1_600_000)
    written = START - timedelta(days=30) + timedelta(minutes=actor.id, microseconds=number(actor.slug + "us", 1, 10**6))
    total = sum(i["size_bytes"] for i in images)
    made = dict(
        character_id=f"{actor.id:04d}", character_name=actor.shown,
        metadata={k: entry[k] for k in ("img", "age", "sex", "ethnicity", "face_prompt")} | dict(id=f"{actor.id:04d}")
        | {k: entry[k] for k in ("name", "image", "outfit")},
        migration_timestamp=(START - timedelta(days=60)).isoformat() + f".{number(actor.slug, 100000, 999999)}",
        base_images=[dict(filename=f"{actor.slug}_base.png", s3_url=url(ASSETS, f"system_actors/base_images/{actor.slug}_base.png"),
                          status="synced", format="png")],
        scene_images=[],
        statistics=dict(total_files=1, total_size_bytes=base, total_size_mb=megabytes(base), base_images_count=1, scene_images_count=0,
                        training_images_count=len(images), training_data_size_bytes=total, training_data_size_mb=megabytes(total),
                        training_synced_count=actor.synced, training_local_only_count=actor.local),
        status="success", training_data=images, training_data_updated=written.isoformat(), poster_frames=posters(actor.slug),
        lora_model=model(f"{actor.slug}.safetensors", ASSETS, f"system_actors/lora_models/{actor.slug}.safetensors",
                         number(actor.slug, 216_850_000, 216_890_000)),
        lora_model_updated=(written + timedelta(hours=3)).isoformat())
    if actor.models:
        made["custom_lora_models"] = [custom_model(actor, *m) for m in actor.models]
        made["custom_lora_models_updated"] = (written + timedelta(days=9)).isoformat()
    if actor.approved is not None:
        made["training_data_good"] = actor.approved
    return made | actor.extra


def versions(actor):
    """The actor's versions, newest first, with the trigger token and, where one was made, the model's address."""
    listed = []
    for entry in actor.versions:
        entry = json.loads(json.dumps(entry))
        entry["parameters"]["class_tokens"] = actor.shown
        if entry["status"] == "completed":
            made = custom_model(actor, entry["name"], None)
            entry = {k: v for k, v in entry.items() if k not in ("completedAt", "isGood")} | dict(loraUrl=made["s3_accelerated_url"]) \
                | {k: entry[k] for k in ("completedAt", "isGood") if k in entry}
        listed.append(entry)
    return dict(versions=listed)


# What a person wrote by hand into one manifest: numbers with their own text, an array on one line, an escaped slash.
BY_HAND = {'"ratio": "1.50"': '"ratio": 1.50', '"budget": "1E3"': '"budget": 1E3', '"score": "4.50"': '"score": 4.50',
           '"until 2031"': '"until\\/2031"'}


def write(path, value, *, newline=False, ascii_only=True):
    text = json.dumps(value, indent=2, ensure_ascii=ascii_only)
    for program, person in BY_HAND.items():
        text = text.replace(program, person)
    text = text.replace('"tags": [\n      "lead",\n      "pilot"\n    ]', '"tags": ["lead", "pilot"]')
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((text + ("\n" if newline else "")).encode())


FONT = dict(zip("0123456789", ["75557", "26227", "71747", "71717", "55711", "74717", "74757", "71111", "75757", "75717"]))


def picture(actor, index):
    """A 64x64 palette PNG: a diagonal gradient in the actor's hue, its number and the image's index. About 300 bytes."""
    hue = [number(f"{actor.slug}{c}", 60, 200) for c in "rgb"]
    palette = b"".join(bytes(min(255, c * (step + 6) // 14) for c in hue) for step in range(15)) + b"\xff\xff\xff"
    rows = [[((x + y + index * 5) // 9) % 15 for x in range(64)] for y in range(64)]
    for place, digit in enumerate(f"{actor.id:02d}{index:02d}"):
        left, top, scale = (6 + place % 2 * 28, 5, 7) if place < 2 else (48 + place % 2 * 8, 54, 2)
        for y, bits in enumerate(FONT[digit]):
            for x in range(3):
                if int(bits) & (4 >> x):
                    for dy in range(scale):
                        for dx in range(scale):
                            rows[min(63, top + y * scale + dy)][min(63, left + x * scale + dx)] = 15
    packed = b"".join(b"\x00" + bytes(a << 4 | b for a, b in zip(row[::2], row[1::2])) for row in rows)

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 64, 4, 3, 0, 0, 0)) + chunk(b"PLTE", palette) \
        + chunk(b"IDAT", zlib.compress(packed, 9)) + chunk(b"IEND", b"")


def store(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def summary():
    """The stray file among the manifests: it is none, and a reader has to step over it."""
    rows = [dict(id=f"{a.id:04d}", name=a.slug, status="success", files=1 + a.synced, size_mb=megabytes(number(a.slug, 10**6, 10**7)))
            for a in CAST if a.manifest]
    return dict(migration_date=START.isoformat() + ".018752", source_directory="/srv/old-studio/characters",
                target_directory="/srv/actor_maker", total_characters=len(rows), total_files=sum(r["files"] for r in rows),
                total_size_mb=sum(r["size_mb"] for r in rows), characters=rows)


def main():
    for old in ("data", "s3"):
        shutil.rmtree(PROJECT / old, ignore_errors=True)
    data, bucket = PROJECT / "data", PROJECT / "s3" / ASSETS / "system_actors"
    write(data / "actorsData.json", [listing(a) for a in CAST if a.listed])
    write(data / "actor_manifests" / "_migration_summary.json", summary())
    for actor in CAST:
        if actor.manifest:
            write(data / "actor_manifests" / f"{actor.id:04d}_manifest.json", manifest(actor), newline=actor.newline)
        if actor.versions:
            place = data / "actors" / actor.shown if actor.listed else data / "actor_training_versions"
            filename = "training_versions.json" if actor.listed else f"{actor.id:04d}.json"
            write(place / filename, versions(actor), ascii_only=False)
        if actor.pictures:
            store(bucket / "base_images" / f"{actor.slug}_base.png", picture(actor, 0))
        for index in range(actor.local, actor.local + actor.pictures):
            store(bucket / "training_data" / actor.slug / f"{actor.slug}_{index}.png", picture(actor, index))
    local = next(a for a in CAST if a.id == 40)
    folder = data / "actors" / local.slug / "training_data"
    for index in range(local.synced):
        store(folder / f"{local.slug}_{index}.png", picture(local, index))
    write(folder / "response.json", manifest(local)["training_data"], ascii_only=False)
    write(folder / "prompt_metadata.json",
          {f"{local.slug}_{i}.png": dict(prompt=f"{local.slug}, portrait, view {i + 1}", good=i % 3 != 2) for i in range(local.synced)},
          ascii_only=False)


if __name__ == "__main__":
    main()
