"""The object store against a server that fails on cue: lost answers, refusals, damaged data."""

import base64
import datetime
import hashlib
import signal
import ssl
import subprocess
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from probe import TABLE, out, refused, tidy_environment
from scripted_s3 import LOST, Answer, Scripted, error, serving


@pytest.fixture
def server():
    with serving(Scripted()) as running:
        yield running


BUSY = error(503, "SlowDown", "Reduce your request rate")
WHOLE = Answer(200, b"the whole object", {"ETag": '"e1"'})
PATH = "/" + TABLE


CUT_HEADERS = Answer(cut_headers=True)


def test_an_answer_cut_within_its_headers_is_none(server, probe):
    server.script = [CUT_HEADERS, head('"e"')]
    assert out(probe(server.environment, "find", TABLE)) == b'4 "e"\n'
    server.script = [CUT_HEADERS, IN_THE_WAY, head('"e2"'), Answer(200, b"mine")]
    assert write_if(server, probe, server.script) == ["written", '"e2"']
    server.script = [CUT_HEADERS]
    said = refused(probe(server.environment, "read", TABLE, "s3_retries=0"))
    assert "the answer ended within its headers" in said


def test_an_object_without_an_etag_is_from_no_s3_server(server, probe):
    server.script = [Answer(200, headers={"Content-Length": "4"})]
    assert "the address of an S3 server" in refused(probe(server.environment, "find", TABLE))


@pytest.mark.parametrize("fault", [BUSY, CUT_HEADERS, Answer(502), LOST, Answer(200, b"the wh", cut=10)])
def test_tries_again(server, probe, fault):
    server.script = [fault, fault, WHOLE]
    assert out(probe(server.environment, "read", TABLE)) == WHOLE.body
    assert len(server.requests) == 3


def test_gives_up_after_so_many_tries(server, probe):
    server.script = [BUSY, BUSY]
    said = refused(probe(server.environment, "read", TABLE, "s3_retries=1"))
    assert "Reduce your request rate (SlowDown). The server is in trouble: try again later." in said
    server.script = [LOST, LOST, LOST]
    assert "Cannot reach" in refused(probe(server.environment, "read", TABLE, "s3_retries=2"))


def test_does_not_repeat_what_will_not_change(server, probe):
    server.script = [error(400, "EntityTooLarge")]
    assert "Write a smaller file." in refused(probe(server.environment, "write", TABLE))


@pytest.mark.parametrize(
    "refusal, cure",
    [
        (error(403, "RequestTimeTooSkewed"), "Set this machine's clock."),
        (error(507, "XMinioStorageFull"), "The store is full"),
        (Answer(507), "The store is full"),
        (error(400, "ExpiredToken"), "AWS_SESSION_TOKEN"),
        (error(301, "PermanentRedirect", **{"x-amz-bucket-region": "eu-west-1"}), "-region eu-west-1"),
        (error(400, "AuthorizationHeaderMalformed", more="<Region>eu-west-1</Region>"), "-region eu-west-1"),
        (Answer(404, b"<html>Not here</html>"), "the address of an S3 server"),
        (error(400, "Unheard"), "Said so (Unheard)"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_says_what_a_refusal_means(server, probe, refusal, cure):
    server.script = [refusal]
    done = probe(server.environment, "read", TABLE)
    assert cure in refused(done)
    assert b"top-secret" not in done.stderr


@pytest.mark.parametrize("command, more", [("list", []), ("write", []), ("write_if", ["absent"])])
def test_knows_what_is_no_s3_server(server, probe, command, more):
    server.script = [Answer(200, b"<html>Welcome</html>")]
    said = refused(probe(server.environment, command, TABLE, *more))
    assert "the address of an S3 server" in said


def test_write_is_signed_and_carries_its_checksum(server, probe):
    checksum = base64.b64encode(hashlib.sha256(b"bytes").digest()).decode()
    server.script = [Answer(200, headers={"ETag": '"e"', "x-amz-checksum-sha256": checksum})]
    out(probe(server.environment, "write", TABLE, given=b"bytes"))
    _, path, headers, body = server.requests[0]
    assert (path, body) == (PATH, b"bytes")
    assert headers["x-amz-checksum-sha256"] == checksum
    assert headers["x-amz-content-sha256"] == hashlib.sha256(b"bytes").hexdigest()
    assert "x-amz-checksum-sha256" in headers["authorization"]


def test_refuses_when_something_else_was_kept(server, probe):
    server.script = [Answer(200, headers={"ETag": '"e"', "x-amz-checksum-sha256": "AAAA"})]
    said = refused(probe(server.environment, "write", TABLE, given=b"bytes"))
    assert "is not what was sent" in said


def write_if(server, probe, script, etag="absent"):
    server.script = script
    return out(probe(server.environment, "write_if", TABLE, etag, given=b"mine")).decode().split()


def head(etag):
    return Answer(200, headers={"ETag": etag, "Content-Length": "4"})


IN_THE_WAY = error(412, "PreconditionFailed")


def test_knows_its_own_write_when_the_answer_was_lost(server, probe):
    script = [LOST, IN_THE_WAY, head('"e2"'), Answer(200, b"mine")]
    assert write_if(server, probe, script) == ["written", '"e2"']
    assert [request[2].get("if-none-match") for request in server.requests[:2]] == ["*", "*"]


def test_does_not_take_anothers_write_for_its_own(server, probe):
    script = [LOST, IN_THE_WAY, head('"e2"'), Answer(200, b"else")]
    assert write_if(server, probe, script) == ["refused", '"e2"']
    assert write_if(server, probe, [IN_THE_WAY, head('"e2"')]) == ["refused", '"e2"']


def test_repeats_a_conditional_write_that_met_another(server, probe):
    meeting = error(409, "ConditionalRequestConflict")
    script = [meeting, Answer(200, headers={"ETag": '"e3"'})]
    assert write_if(server, probe, script, '"e1"') == ["written", '"e3"']
    assert server.requests[1][2]["if-match"] == '"e1"'


def page(keys, following=""):
    objects = "".join(f"<Contents><Key>{key}</Key><Size>7</Size></Contents>" for key in keys)
    more = f"<IsTruncated>true</IsTruncated><NextContinuationToken>{following}</NextContinuationToken>"
    text = f"<ListBucketResult>{objects}{more if following else ''}</ListBucketResult>"
    return Answer(200, text.encode())


def test_lists_all_pages(server, probe):
    server.script = [page(["t/b&amp;", "t/folder/"], "x/="), page(["t/a"])]
    lines = out(probe(server.environment, "list", "raw-data/t/")).decode().splitlines()
    assert [line.split()[-1] for line in lines] == ["raw-data/t/a", "raw-data/t/b&"]
    assert server.said()[1] == "GET /raw-data?continuation-token=x%2F%3D&list-type=2&prefix=t%2F"


STARTED = Answer(200, b"<UploadId>u 1</UploadId>")
PART = Answer(200, headers={"ETag": '"p"'})
TWO_PARTS = bytes(17 << 20)


def create(server, probe, script):
    server.script = script
    return probe(server.environment, "create", TABLE, 1 << 20, given=TWO_PARTS)


def test_joins_parts(server, probe):
    out(create(server, probe, [STARTED, PART, PART, Answer(200)]))
    assert server.said() == [
        f"POST {PATH}?uploads=",
        f"PUT {PATH}?partNumber=1&uploadId=u%201",
        f"PUT {PATH}?partNumber=2&uploadId=u%201",
        f"POST {PATH}?uploadId=u%201",
    ]
    assert b'<PartNumber>2</PartNumber><ETag>"p"</ETag>' in server.requests[3][3]


def sha256(content):
    return hashlib.sha256(content).digest()


PIECES = (TWO_PARTS[: 16 << 20], TWO_PARTS[16 << 20 :])
JOINT = base64.b64encode(sha256(b"".join(map(sha256, PIECES)))).decode() + "-2"


def completed(checksum):
    return Answer(200, f"<R><ChecksumSHA256>{checksum}</ChecksumSHA256></R>".encode())


def test_parts_carry_checksums_and_so_does_the_whole(server, probe):
    out(create(server, probe, [STARTED, PART, PART, completed(JOINT)]))
    assert server.requests[0][2]["x-amz-checksum-algorithm"] == "SHA256"
    for request, piece in zip(server.requests[1:3], PIECES):
        checksum = base64.b64encode(sha256(piece)).decode()
        assert request[2]["x-amz-checksum-sha256"] == checksum
        assert f"<ChecksumSHA256>{checksum}</ChecksumSHA256>".encode() in server.requests[3][3]


@pytest.mark.parametrize(
    "ending",
    [
        [Answer(200, headers={"ETag": '"p"', "x-amz-checksum-sha256": "AAAA"}), Answer(204)],
        [PART, PART, completed("AAAA-2")],
    ],
    ids=["a part", "the whole"],
)
def test_refuses_when_other_parts_were_kept(server, probe, ending):
    assert "is not what was sent" in refused(create(server, probe, [STARTED, *ending]))


@pytest.mark.parametrize(
    "ending",
    [
        [PART, error(403, "AccessDenied"), Answer(204)],
        [PART, PART, error(200, "InternalError"), Answer(204)],
    ],
    ids=["a part is refused", "a failure under the status 200"],
)
def test_leaves_no_parts_behind(server, probe, ending):
    refused(create(server, probe, [STARTED, *ending]))
    assert server.said()[-1] == f"DELETE {PATH}?uploadId=u%201"


def test_leaves_no_parts_behind_when_it_is_stopped(server, probe_program):
    process = subprocess.Popen(
        [probe_program, "s3://", "create", TABLE, str(1 << 20)],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=tidy_environment(**server.environment),
    )

    def stop():
        process.send_signal(signal.SIGINT)
        time.sleep(0.5)  # the program has seen it by then

    part = Answer(200, headers={"ETag": '"p"'}, before=stop)
    server.script = [STARTED, part, Answer(204)]
    _, told = process.communicate(TWO_PARTS, timeout=60)
    assert process.returncode == 130, told
    assert server.said()[-1] == f"DELETE {PATH}?uploadId=u%201"


def test_knows_that_parts_were_joined_when_the_answer_was_lost(server, probe):
    there = Answer(200, headers={"Content-Length": str(len(TWO_PARTS))})
    out(create(server, probe, [STARTED, PART, PART, LOST, error(404, "NoSuchUpload"), there]))


def test_reads_from_a_server_without_ranges(server, probe):
    server.script = [WHOLE]
    answer = out(probe(server.environment, "open", TABLE, given=b"4 5\n0 99\n"))
    assert answer == b"16\nwhole" + WHOLE.body


def test_refuses_a_part_of_another_size(server, probe):
    tail = Answer(206, b"end", {"Content-Range": "bytes 97-99/100"})
    server.script = [tail, Answer(206, b"abc")]
    assert "3 bytes for 50" in refused(probe(server.environment, "open", TABLE, given=b"0 50\n"))


def test_names_the_bucket_in_the_host(server, probe):
    server.script = [WHOLE]
    out(probe(server.environment, "read", TABLE, "s3_path_style=false"))
    _, path, headers, _ = server.requests[0]
    assert path == "/training_data.parquet"
    assert headers["host"] == f"processed-data.localhost:{server.server_port}"


def test_is_anonymous_without_credentials(server, probe):
    server.script = [WHOLE]
    out(probe({"AWS_ENDPOINT_URL": server.environment["AWS_ENDPOINT_URL"]}, "read", TABLE))
    assert "authorization" not in server.requests[0][2]


def write_certificate(path):
    """A certificate for localhost that nobody but its owner has signed, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.timezone.utc)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(certificate.public_bytes(pem) + private)


def speaking_tls(pem):
    write_certificate(pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server = Scripted()
    server.socket = context.wrap_socket(server.socket, server_side=True)
    return server


def test_trusts_only_certificates_it_was_told_of(probe, tmp_path):
    pem = tmp_path / "server.pem"
    server = speaking_tls(pem)
    url = f"https://localhost:{server.server_port}"
    with serving(server):
        said = refused(probe({"AWS_ENDPOINT_URL": url}, "read", TABLE, "s3_retries=0"))
        assert "certificate" in said and "--s3-ca-bundle" in said
        server.script = [WHOLE]
        trusting = {"AWS_ENDPOINT_URL": url, "AWS_CA_BUNDLE": str(pem)}
        assert out(probe(trusting, "read", TABLE)) == WHOLE.body


def test_names_the_address_where_https_was_asked_of_http_and_the_other_way_round(probe, tmp_path):
    secret = speaking_tls(tmp_path / "server.pem")
    for server, asked, meant in ((secret, "http", "https"), (Scripted(), "https", "http")):
        with serving(server):
            address = f"localhost:{server.server_port}"
            said = refused(probe({"AWS_ENDPOINT_URL": f"{asked}://{address}"}, "read", TABLE, "s3_retries=0"))
            assert f"speaks {meant}, not {asked}." in said
            assert f"--s3-endpoint {meant}://{address}" in said
