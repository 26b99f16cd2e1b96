#!/usr/bin/env python3
"""Writes signing-vectors.json, which SigningTests compares the signer with.

    pip download --no-deps --no-binary :all: botocore==1.43.11 && tar xzf botocore-1.43.11.tar.gz
    pip install boto3
    make-signing-vectors.py botocore-1.43.11/tests/unit/auth/aws4_testsuite > signing-vectors.json

`suite` is AWS's own suite for Signature Version 4 as botocore's source archive holds it. `botocore` is made here: botocore itself
builds and signs each request from bucket and key (nothing is sent), at a fixed time.
"""
import datetime, io, json, pathlib, sys, unicodedata
from unittest import mock
from urllib.parse import urlsplit
import boto3, botocore.awsrequest, botocore.auth
from botocore.config import Config

KEY, SECRET = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
TIME = datetime.datetime(2026, 2, 28, 23, 59, 59)
TOKEN = "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGd+QrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA=="
KEYS = [
    "plain.txt", "with space.txt", "plus+plus.txt", "/lead//double", "a/./b/../c", "..", "trailing/", "//", "a//", "~tilde-._",
    "percent%20already", "%", "quote'\"!*();:@&=$,?#[]", "back\\slash|pipe^`{}<>", "tab\there",
    unicodedata.normalize("NFC", "modèle é ü"), unicodedata.normalize("NFD", "modèle é ü"), "東京/船長.png", "🎭 emoji/👩‍🚀.webp",
    "actor_0019_V7.safetensors", "a=b&c=d", "ends with space ", " begins", "\u00a0nbsp", "K\u212a",
]


class Moment(datetime.datetime):
    @classmethod
    def now(cls, tz=None): return TIME.replace(tzinfo=tz)
    @classmethod
    def utcnow(cls): return TIME


def client(region, token=None, **s3):
    return boto3.client("s3", region_name=region, aws_access_key_id=KEY, aws_secret_access_key=SECRET, aws_session_token=token,
                        config=Config(signature_version="s3v4", request_checksum_calculation="when_required",
                                      response_checksum_validation="when_required", s3=s3, retries={"max_attempts": 1}))


def sent(client, call, **arguments):
    """The request that botocore would send."""
    seen = []
    def catch(request, **_):
        seen.append(request)
        body = b"" if call != "list_objects_v2" else b"<ListBucketResult/>"
        raw = io.BytesIO(body)
        raw.stream = lambda *_, **__: iter([body])
        return botocore.awsrequest.AWSResponse(request.url, 200, {"content-length": str(len(body))}, raw)
    client.meta.events.register("before-send.s3", catch)
    getattr(client, call)(**arguments)
    return seen[0]


def headers(request, bucket, key, region, addressing, token=None, query=None, range=None):
    text = lambda v: v.decode() if isinstance(v, bytes) else v
    url = urlsplit(request.url)
    return dict(kind="header", method=request.method, region=region, bucket=bucket, key=key, addressing=addressing, token=token, range=range,
                query=query or [], host=url.netloc, path=url.path, authorization=text(request.headers["Authorization"]))


def made():
    for index, key in enumerate(KEYS):
        region = ["us-east-1", "eu-central-1", "cn-north-1", "ap-southeast-2"][index % 4]
        token = TOKEN if index % 3 == 1 else None
        bucket = "dotted.bucket" if index % 7 == 6 else "examplebucket"
        style = dict(virtual=dict(addressing_style="virtual"), path=dict(addressing_style="path"), accelerate=dict(use_accelerate_endpoint=True),
                     dual=dict(use_dualstack_endpoint=True, addressing_style="virtual"))
        name = ["virtual", "path", "accelerate", "dual"][(index // 2) % 4]
        if name in ("accelerate", "dual") and (region.startswith("cn") or "." in bucket): name = "virtual"
        options = dict(style[name], us_east_1_regional_endpoint="regional")
        if "." in bucket: options, name = dict(addressing_style="path", us_east_1_regional_endpoint="regional"), "virtual"
        c = client(region, token, **options)
        span = f"bytes={index}-{index * 1000}"
        yield headers(sent(c, "get_object", Bucket=bucket, Key=key, Range=span), bucket, key, region, name, token, range=span)
        c = client(region, token, **options)
        yield headers(sent(c, "head_object", Bucket=bucket, Key=key), bucket, key, region, name, token)
        expiry = [1, 60, 86400, 604800][index % 4]
        address = client(region, token, **options).generate_presigned_url("get_object", Params=dict(Bucket=bucket, Key=key), ExpiresIn=expiry)
        yield dict(kind="presigned", method="GET", region=region, bucket=bucket, key=key, addressing=name, token=token, expiry=expiry, address=address)
        c = client(region, token, **options)
        wanted = dict(prefix=key, delimiter="/", max=7)
        yield headers(sent(c, "list_objects_v2", Bucket=bucket, Prefix=key, Delimiter="/", MaxKeys=7, EncodingType="url"), bucket, "", region, name,
                      token, query=[["list-type", "2"], ["prefix", key], ["delimiter", "/"], ["max-keys", "7"], ["encoding-type", "url"]])


def suite(folder):
    for request in sorted(pathlib.Path(folder).rglob("*.req")):
        read = lambda kind: request.with_suffix(kind).read_bytes().decode()
        yield dict(name=request.stem, request=read(".req"), canonical=read(".creq"), string_to_sign=read(".sts"), authorization=read(".authz"))


if __name__ == "__main__":
    with mock.patch("datetime.datetime", Moment), mock.patch.object(botocore.auth, "get_current_datetime", lambda *_: TIME, create=True):
        rows = list(made())
    json.dump(dict(
        source="suite: botocore 1.43.11, tests/unit/auth/aws4_testsuite, Apache License 2.0, "
               "Copyright 2012-2022 Amazon.com, Inc. or its affiliates; botocore: see make-signing-vectors.py",
        access_key=KEY, secret=SECRET, time=TIME.strftime("%Y-%m-%dT%H:%M:%SZ"), botocore=rows, suite=list(suite(sys.argv[1]))),
        sys.stdout, indent=1, ensure_ascii=True)
    print()
