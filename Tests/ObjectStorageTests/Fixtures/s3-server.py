#!/usr/bin/env python3
"""An S3 server that is not ours and checks signatures: moto (PyPI: moto[server,s3,iam], boto3), with botocore's code as the judge.

Listens on a free port of 127.0.0.1, makes users, buckets and objects, turns the checks on, prints one line of JSON and serves until
its standard input ends, so that it cannot outlive the test. moto answers presigned addresses with 500 while it checks; those are
checked here, by botocore, and passed on signed.
"""
import base64, datetime, hashlib, json, os, sys
from unittest import mock
from urllib.parse import parse_qsl, urlencode

os.environ["MOTO_S3_CUSTOM_ENDPOINTS"] = ""
os.environ["S3_IGNORE_SUBDOMAIN_BUCKETNAME"] = "true"
import boto3, botocore.auth, botocore.awsrequest, botocore.credentials
from botocore.config import Config
from moto import settings
from moto.core.responses import BaseResponse
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server, WSGIRequestHandler


class Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"
    def log(self, *_): pass


keys = {}


class Presigned:
    """Checks the signature of a presigned address and hands the request on with a signed header instead."""
    def __init__(self, app): self.app = app

    def __call__(self, environ, start):
        query = environ.get("QUERY_STRING", "")
        if "X-Amz-Signature" not in query: return self.app(environ, start)
        pairs = dict(parse_qsl(query, keep_blank_values=True))
        raw = environ.get("RAW_URI") or environ.get("REQUEST_URI")
        base = f"http://{environ['HTTP_HOST']}{raw.split('?')[0]}"
        access = pairs["X-Amz-Credential"].split("/")
        then = datetime.datetime.strptime(pairs["X-Amz-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.timezone.utc)
        late = (datetime.datetime.now(datetime.timezone.utc) - then).total_seconds() > int(pairs["X-Amz-Expires"])
        credentials = botocore.credentials.Credentials(access[0], keys.get(access[0], "?"))
        request = botocore.awsrequest.AWSRequest(environ["REQUEST_METHOD"], base)
        with mock.patch.object(botocore.auth, "get_current_datetime", lambda *_: then):
            botocore.auth.S3SigV4QueryAuth(credentials, "s3", access[2], int(pairs["X-Amz-Expires"])).add_auth(request)
        right = dict(parse_qsl(request.url.split("?")[1]))["X-Amz-Signature"] == pairs["X-Amz-Signature"]
        if late or not right:
            start("403 Forbidden", [("content-type", "application/xml"), ("content-length", "0")])
            return [b""]
        request = botocore.awsrequest.AWSRequest(environ["REQUEST_METHOD"], base)
        botocore.auth.S3SigV4Auth(credentials, "s3", access[2]).add_auth(request)
        for name, value in request.headers.items():
            environ["HTTP_" + name.upper().replace("-", "_")] = value
        environ["QUERY_STRING"] = ""
        environ["RAW_URI"] = environ["REQUEST_URI"] = raw.split("?")[0]
        return self.app(environ, start)


app = Presigned(DomainDispatcherApplication(create_backend_app))
server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
server.daemon_threads = True
import threading
threading.Thread(target=server.serve_forever, daemon=True).start()
address = f"http://127.0.0.1:{server.server_port}"
settings.INITIAL_NO_AUTH_ACTION_COUNT = float("inf")

client = lambda service: boto3.client(service, endpoint_url=address, region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b",
                                      config=Config(s3=dict(addressing_style="path"), retries=dict(max_attempts=1)))
iam, s3 = client("iam"), client("s3")


def user(name, *actions):
    iam.create_user(UserName=name)
    made = iam.create_access_key(UserName=name)["AccessKey"]
    if actions:
        policy = dict(Version="2012-10-17", Statement=[dict(Effect="Allow", Action=list(actions), Resource="*")])
        iam.put_user_policy(UserName=name, PolicyName="it", PolicyDocument=json.dumps(policy))
    keys[made["AccessKeyId"]] = made["SecretAccessKey"]
    return dict(access=made["AccessKeyId"], secret=made["SecretAccessKey"])


wanted = json.loads(sys.stdin.readline())
for bucket in wanted["buckets"]: s3.create_bucket(Bucket=bucket)
for entry in wanted["objects"]:
    body = base64.b64decode(entry["base64"])
    s3.put_object(Bucket=entry["bucket"], Key=entry["key"], Body=body)
users = dict(reader=user("reader", "s3:*"), nobody=user("nobody"))
settings.INITIAL_NO_AUTH_ACTION_COUNT = 0
print(json.dumps(dict(address=address, **users)), flush=True)
sys.stdin.read()
os._exit(0)
