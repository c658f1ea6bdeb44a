#!/usr/bin/env python3
"""Writes the vectors beside it, with Python's own hmac, hashlib and json: a witness apart from this project's codec.

    python3 generate.py            writes the files
    python3 generate.py --check    fails where they are out of date

README.md of spec/ says what the fields mean. No clock and no chance in here: the same bytes come out every time.
"""

import hashlib
import hmac
import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
DELIMITER = b"<IDS|MSG>"
KEY = "a0436f6c-1916-498b-8eb9-e81ab9368e84"
SHA256 = "hmac-sha256"

HEADER = {
    "msg_id": "7f1c2f1e-0d3b-4f5e-9a55-5f1d7a2f1c00_1",
    "session": "7f1c2f1e-0d3b-4f5e-9a55-5f1d7a2f1c00",
    "username": "ada",
    "date": "2026-01-31T12:00:00.000000Z",
    "msg_type": "execute_request",
    "version": "5.6",
}
HEADER_2011 = {
    "msg_id": "0b6e1f6e-2b65-4d6c-8d3c-1f8c0f6e7a11",
    "username": "fperez",
    "session": "4c1b6a6e-93f1-4b1c-a5f0-3f0d5e1c9b22",
    "msg_type": "execute_request",
}
CONTENT = {
    "code": "1 + 1",
    "silent": False,
    "store_history": True,
    "user_expressions": {},
    "allow_stdin": True,
    "stop_on_error": True,
}
IDENTITY = b"\x00\x80\x00\x41\xa7"


def dump(value):
    """JSON as bytes; bytes are taken as they are."""
    if isinstance(value, bytes):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf8")


def sign(frames, key=KEY, scheme=SHA256):
    """The signature of the four frames, as it goes on the wire."""
    if not key:
        return b""
    digest = scheme.removeprefix("hmac-").replace("-", "_")
    return hmac.new(key.encode("utf8"), b"".join(frames), digest).hexdigest().encode("ascii")


class Message:
    """Frames of a message, before something is done to them."""

    def __init__(self, header=HEADER, parent=None, metadata=None, content=CONTENT, buffers=(), identities=(IDENTITY,),
                 key=KEY, scheme=SHA256, signature=None):
        self.identities = list(identities)
        self.json = [dump(header), dump({} if parent is None else parent), dump({} if metadata is None else metadata),
                     dump(content)]
        self.buffers = list(buffers)
        self.signature = sign(self.json, key, scheme) if signature is None else signature

    def frames(self):
        return [*self.identities, DELIMITER, self.signature, *self.json, *self.buffers]

    def accepted(self, **note):
        """The frames, and what they say."""
        header, parent, metadata, content = (json.loads(part) for part in self.json)
        return {
            **note,
            "frames": [frame_of(frame) for frame in self.frames()],
            "expect": {
                "verdict": "accepted",
                "identities": [identity.hex() for identity in self.identities],
                "header": header,
                "parent_header": parent,
                "metadata": metadata,
                "content": content,
                "buffers": [buffer.hex() for buffer in self.buffers],
            },
        }

    def refused(self, code, **note):
        return refused(self.frames(), code, **note)


def refused(frames, code, **note):
    return {**note, "frames": [frame_of(frame) for frame in frames], "expect": {"verdict": "refused", "code": code}}


def frame_of(frame):
    """A frame as the vectors have it: its hex and, for people, its text. Rules pass as they are."""
    if isinstance(frame, dict):
        return frame
    try:
        return {"hex": frame.hex(), "text": frame.decode("utf8")}
    except UnicodeDecodeError:
        return {"hex": frame.hex()}


def vector(name, why, *messages, key=KEY, scheme=SHA256, **more):
    return {"name": name, "why": why, "key": key, "signature_scheme": scheme, **more, "messages": list(messages)}


def accepted_vectors():
    stream = {**HEADER, "msg_id": "k_7", "session": "k", "username": "kernel", "msg_type": "stream"}
    reply = {**stream, "msg_id": "k_8", "msg_type": "execute_reply"}
    return [
        vector("request", "the plainest request, from a DEALER through a ROUTER", Message().accepted()),
        vector("no identities", "as a DEALER receives it", Message(identities=[]).accepted()),
        vector("several identities", "through two routers; an identity may be any bytes, the empty frame and a broken UTF-8 too",
               Message(identities=[IDENTITY, b"", b"\xff\xfe", "client é".encode()]).accepted()),
        vector("topic", "on iopub the one identity is the topic",
               Message(header=stream, parent=HEADER, content={"name": "stdout", "text": "Grüße 👋\n"},
                       identities=[b"kernel.k.stream.stdout"]).accepted()),
        vector("reply", "the parent header is a copy of the request's header",
               Message(header=reply, parent=HEADER, content={"status": "ok", "execution_count": 1, "payload": [], "user_expressions": {}}).accepted()),
        vector("no parent", "a message that nothing caused bears {}",
               Message(header={**stream, "msg_type": "iopub_welcome"}, content={"subscription": ""}, identities=[b"iopub_welcome"]).accepted()),
        vector("cell id", "metadata travels along", Message(metadata={"cellId": "c-1", "deletedCells": []}).accepted()),
        vector("buffers", "three buffers, one of them empty, one that looks like the delimiter",
               Message(header={**HEADER, "msg_type": "comm_msg"}, content={"comm_id": "c", "data": {}},
                       buffers=[bytes(range(256)), b"", DELIMITER]).accepted()),
        vector("emoji", "text beyond the basic plane, as UTF-8", Message(content={"code": "const 𝐚 = '👩‍👩‍👧 naïve'"}).accepted()),
        vector("escapes", "the same text as escapes: it is the bytes that are signed, not what they mean",
               Message(content=json.dumps({"code": "const 𝐚 = '👩‍👩‍👧 naïve'"}).encode("ascii")).accepted()),
        vector("white space", "JSON as another library writes it: spaces, line feeds, other order",
               Message(header=json.dumps(HEADER, indent=2, sort_keys=True).encode("utf8"),
                       content=b' {\r\n\t"silent" : false , "code":"1"} \n').accepted()),
        vector("unknown type", "message types that are not known are tolerated",
               Message(header={**HEADER, "msg_type": "comm_dance"}, content={"steps": [1, 2, 3]}).accepted()),
        vector("unknown fields", "fields that are not known are tolerated everywhere",
               Message(header={**HEADER, "x": 1}, parent={**HEADER, "y": None}, metadata={"z": []}, content={"code": "1", "w": {}}).accepted()),
        vector("prototype", "names that mean something to a programming language are fields like any other",
               Message(content=b'{"code":"1","__proto__":{"silent":true},"constructor":1,"toString":"x"}').accepted()),
        vector("subshell", "a request for a subshell (JEP 91)", Message(header={**HEADER, "subshell_id": "s-1"}).accepted()),
        vector("main shell", "subshell_id null is the main shell", Message(header={**HEADER, "subshell_id": None}).accepted()),
        vector("older version", "headers of 5.0 and later are all read", Message(header={**HEADER, "version": "5.0"}).accepted()),
        vector("two messages", "two messages with the same content differ by their ids",
               Message().accepted(), Message(header={**HEADER, "msg_id": "other"}).accepted()),
    ]


def scheme_vectors():
    def good(scheme, why, key=KEY):
        return vector(scheme, why, Message(key=key, scheme=scheme).accepted(), key=key, scheme=scheme)

    named = {**{s: "a digest of OpenSSL" for s in ("hmac-md5", "hmac-sha1", "hmac-sha224", "hmac-sha256", "hmac-sha384", "hmac-sha512")},
             **{s: "SHA-3, as OpenSSL spells it" for s in ("hmac-sha3-256", "hmac-sha3-512")},
             "hmac-sha3_256": "SHA-3, as Python spells it", "hmac-sha512_256": "SHA-512/256, as Python spells it",
             "hmac-blake2b": "BLAKE2b, as Python spells it", "hmac-blake2s": "BLAKE2s, as Python spells it"}
    none = Message(key="")
    return [
        *(good(scheme, why) for scheme, why in named.items()),
        {**good(SHA256, "the key is the UTF-8 of its text", "clé 🔑"), "name": "key beyond ASCII"},
        {**good(SHA256, "a key longer than the block of the digest is hashed first", "k" * 200), "name": "long key"},
        {**good(SHA256, "white space belongs to the key", " key \n"), "name": "key with white space"},
        vector("empty key", "nothing is signed; the same message may come again",
               none.accepted(), none.accepted(), Message(key="", signature=b"whatever").accepted(), key=""),
        *({"name": f"scheme {scheme!r}", "why": why, "key": KEY, "signature_scheme": scheme, "messages": [],
           "expect_session": {"verdict": "refused", "code": "ERR_SCHEME"}}
          for scheme, why in [("sha256", "the scheme must begin with hmac-"), ("hmac-", "the digest is missing"),
                              ("hmac-rot13", "there is no such digest"), ("", "there is no scheme")]),
    ]


def dialect_vectors():
    old = {**HEADER_2011}
    return [
        vector("no version, no date", "a header without version is the dialect of 2011",
               Message(header=old, content={"code": "1 + 1", "silent": False, "user_variables": ["a"], "user_expressions": {}}).accepted(),
               dialect="2011"),
        vector("date without zone", "a date as Python 2 wrote it",
               Message(header={**old, "date": "2011-07-04T12:00:00.123456"}, content={"code": "1"}).accepted(), dialect="2011"),
        vector("object_info by name", "as the document has it",
               Message(header={**old, "msg_type": "object_info_request"}, content={"name": "a.b", "detail_level": 1}).accepted(), dialect="2011"),
        vector("object_info by oname", "as the clients sent it",
               Message(header={**old, "msg_type": "object_info_request"}, content={"oname": "a.b"}).accepted(), dialect="2011"),
        vector("complete", "text, line, block and the cursor in the line",
               Message(header={**old, "msg_type": "complete_request"},
                       content={"text": "a.is", "line": "print a.is", "block": None, "cursor_pos": 10}).accepted(), dialect="2011"),
        vector("pyout", "from the kernel, with a topic",
               Message(header={**old, "msg_type": "pyout"}, parent=old, content={"execution_count": 1, "data": {"text/plain": "2"}},
                       identities=[b"pyout"]).accepted(), dialect="2011"),
        vector("unsigned", "most kernels of 2011 signed nothing", Message(header=old, key="").accepted(), key="", dialect="2011"),
    ]


def signature_vectors():
    good = Message()
    other = Message(key="another key")
    right = good.signature

    def with_signature(name, why, signature):
        return vector(name, why, Message(signature=signature).refused("ERR_SIGNATURE"))

    def changed(index, name):
        frames = good.frames()
        at = 3 + index
        frames[at] = frames[at].replace(b"{", b"{ ", 1)
        return vector(f"changed {name}", "one space more: another message", refused(frames, "ERR_SIGNATURE"))

    swapped = good.frames()
    swapped[4], swapped[5] = dump({"cellId": "x"}), swapped[4]
    return [
        vector("wrong key", "signed with another key", other.refused("ERR_SIGNATURE")),
        vector("wrong scheme", "signed with the right key and another digest", Message(scheme="hmac-sha1").refused("ERR_SIGNATURE")),
        vector("wrong scheme of the same length", "SHA3-256 and SHA-256 are equally long", Message(scheme="hmac-sha3-256").refused("ERR_SIGNATURE")),
        with_signature("no signature", "the frame is there and empty", b""),
        with_signature("short signature", "the first half of the right one", right[:32]),
        with_signature("long signature", "the right one and more", right + b"00"),
        with_signature("upper case", "the right one in upper case: signatures are compared byte by byte", right.upper()),
        with_signature("raw signature", "the digest itself instead of its hex", bytes.fromhex(right.decode())),
        with_signature("last digit", "all but the last digit right", right[:-1] + (b"0" if right[-1:] != b"0" else b"1")),
        with_signature("signature of nothing", "the key without any frame", sign([b""])),
        with_signature("signature over buffers", "buffers are not signed", sign([*good.json, b"buffer"])),
        with_signature("plain hash", "a hash of key and frames is no HMAC", hashlib.sha256(KEY.encode() + b"".join(good.json)).hexdigest().encode()),
        *(changed(index, name) for index, name in enumerate(["header", "parent_header", "metadata", "content"])),
        vector("other order", "the frames are signed in their order", refused(swapped, "ERR_SIGNATURE")),
        vector("bad JSON, wrong key", "nothing is parsed before the signature is verified",
               Message(header=b"{", content=b"\xff", key="another key").refused("ERR_SIGNATURE")),
        vector("other buffers", "buffers are not signed: this one is accepted",
               Message(buffers=[b"other"], signature=right).accepted()),
    ]


def replay_vectors():
    good, forged = Message(), Message(signature=b"0" * 64)
    second = Message(header={**HEADER, "msg_id": "second"})
    elsewhere = Message(identities=[b"thief"])
    with_buffer = Message(buffers=[b"other"])
    bad = Message(content=b"{")
    return [
        vector("replayed", "the same frames again", good.accepted(), good.refused("ERR_REPLAY"), good.refused("ERR_REPLAY")),
        vector("replayed later", "with another message in between", good.accepted(), second.accepted(), good.refused("ERR_REPLAY")),
        vector("replayed by another", "identities are not signed: the replay comes from somebody else", good.accepted(), elsewhere.refused("ERR_REPLAY")),
        vector("replayed with buffers", "buffers are not signed: the replay bears others", good.accepted(), with_buffer.refused("ERR_REPLAY")),
        vector("forged first", "what did not verify is not remembered, or anyone could keep the real message out",
               forged.refused("ERR_SIGNATURE"), good.accepted(), good.refused("ERR_REPLAY")),
        vector("forged with its signature", "a right signature on other frames is not remembered either",
               Message(content={"code": "2"}, signature=good.signature).refused("ERR_SIGNATURE"), good.accepted()),
        vector("malformed and replayed", "a message that verified is remembered, even where it does not parse",
               bad.refused("ERR_JSON"), bad.refused("ERR_REPLAY")),
    ]


def malformed_vectors():
    good = Message().frames()
    parts = ["header", "parent_header", "metadata", "content"]

    def damaged(name, why, code, **part):
        return vector(name, why, Message(**part).refused(code))

    argument = {"header": "header", "parent_header": "parent", "metadata": "metadata", "content": "content"}
    texts = {"header": dump(HEADER), "parent_header": dump(HEADER), "metadata": b'{"a":"b"}', "content": dump(CONTENT)}
    found = [
        vector("no frames", "an empty message", refused([], "ERR_NO_DELIMITER")),
        vector("no delimiter", "everything is there but the delimiter", refused([f for f in good if f != DELIMITER], "ERR_NO_DELIMITER")),
        vector("delimiter in lower case", "another frame", refused([DELIMITER.lower() if f == DELIMITER else f for f in good], "ERR_NO_DELIMITER")),
        vector("delimiter inside a frame", "the delimiter is a frame of its own", refused([IDENTITY + DELIMITER, *good[2:]], "ERR_NO_DELIMITER")),
        *(vector(f"{n} frames after the delimiter", "a signature and four frames are needed", refused(good[:2 + n], "ERR_TRUNCATED")) for n in range(5)),
    ]
    for part in parts:
        text, key = texts[part], argument[part]
        found += [
            damaged(f"cut {part}", "signed, and not JSON", "ERR_JSON", **{key: text[:-1]}),
            damaged(f"empty {part}", "signed, and not JSON", "ERR_JSON", **{key: b""}),
            damaged(f"{part} is an array", "signed, and not an object", "ERR_JSON", **{key: b"[]"}),
            damaged(f"{part} is a string", "signed, and not an object", "ERR_JSON", **{key: b'"{}"'}),
            damaged(f"{part} in Latin-1", "signed, and not UTF-8", "ERR_UTF8", **{key: text[:-1] + ',"é":1}'.encode("latin1")}),
        ]
    found += [
        damaged("cut character", "UTF-8 that ends within a character", "ERR_UTF8", content=b'{"code":"\xf0\x9f\x98'),
        damaged("surrogate", "a surrogate in UTF-8", "ERR_UTF8", content=b'{"code":"\xed\xa0\x80"}'),
        damaged("overlong", "a slash in two bytes", "ERR_UTF8", content=b'{"code":"\xc0\xaf"}'),
        damaged("UTF-16", "JSON is UTF-8 here", "ERR_UTF8", content='{"code":"1"}'.encode("utf-16")),
        damaged("NaN", "Python writes and reads it, and JSON does not have it", "ERR_JSON", content=b'{"code":"1","x":NaN}'),
        damaged("single quotes", "Python's repr is not JSON", "ERR_JSON", content=b"{'code':'1'}"),
        damaged("trailing comma", "not JSON", "ERR_JSON", content=b'{"code":"1",}'),
        damaged("two values", "not JSON", "ERR_JSON", content=b'{"code":"1"}{}'),
        damaged("control character", "a line feed in a string must be escaped", "ERR_JSON", content=b'{"code":"1\n2"}'),
        damaged("pickle", "what is signed is parsed as JSON and as nothing else", "ERR_JSON", content=b"cos\nsystem\n(S'true'\ntR."),
        damaged("no msg_id", "the header does not fit its schema", "ERR_SCHEMA", header={k: v for k, v in HEADER.items() if k != "msg_id"}),
        damaged("no msg_type", "the header does not fit its schema", "ERR_SCHEMA", header={k: v for k, v in HEADER.items() if k != "msg_type"}),
        damaged("msg_id is a number", "the header does not fit its schema", "ERR_SCHEMA", header={**HEADER, "msg_id": 1}),
        damaged("msg_type is an array", "the header does not fit its schema", "ERR_SCHEMA", header={**HEADER, "msg_type": ["execute_request"]}),
        damaged("session is an object", "the header does not fit its schema", "ERR_SCHEMA", header={**HEADER, "session": {}}),
        damaged("version is a number", "the header does not fit its schema", "ERR_SCHEMA", header={**HEADER, "version": 5.6}),
        damaged("header {}", "the header does not fit its schema", "ERR_SCHEMA", header={}),
    ]
    return found


def content_vectors():
    """Right on the wire, wrong in what they say: the content is checked after the message is read."""
    def wrong(msg_type, content):
        return vector(f"{msg_type}: {json.dumps(content, ensure_ascii=False)}", "the content does not fit its schema", stage="content",
                      *[Message(header={**HEADER, "msg_type": msg_type}, content=content).refused("ERR_SCHEMA")])

    return [
        wrong("execute_request", {}),
        wrong("execute_request", {"code": 1}),
        wrong("execute_request", {"code": "1", "silent": "yes"}),
        wrong("execute_request", {"code": "1", "user_expressions": {"a": 1}}),
        wrong("complete_request", {"code": "a", "cursor_pos": -1}),
        wrong("inspect_request", {"code": "a", "cursor_pos": 1, "detail_level": 7}),
        wrong("history_request", {"hist_access_type": "everything"}),
        wrong("comm_open", {"comm_id": "c", "data": {}}),
        wrong("comm_msg", {"comm_id": "c", "data": [1]}),
        wrong("shutdown_request", {"restart": "false"}),
        wrong("delete_subshell_request", {}),
        wrong("input_reply", {"value": None}),
    ]


def size_vectors():
    """Too much to write down: frames are given by rules. Sizes are checked before signatures, so those may be anything."""
    head, tail = b'{"code":"', b'"}'
    limit = 1 << 20

    def filled(length):
        count = length - len(head) - len(tail)
        rule = {"rule": [{"hex": head.hex(), "times": 1}, {"hex": b"x".hex(), "times": count}, {"hex": tail.hex(), "times": 1}]}
        return rule, head + b"x" * count + tail

    def sized(name, why, length, key=KEY, accept=False):
        rule, content = filled(length)
        frames = Message(content=content, key=key).frames()
        frames[6] = rule
        message = refused(frames, "ERR_TOO_LARGE")
        if accept:
            message["expect"] = {"verdict": "accepted"}
        return vector(name, why, message, limits={"json_frame_bytes": limit})

    many = Message().frames()
    return [
        sized("JSON at the limit", "as much as is read", limit, accept=True),
        sized("JSON beyond the limit", "one byte more", limit + 1),
        sized("JSON beyond the limit, wrong key", "sizes are checked first, so that nobody makes this side hash for nothing", limit + 1, key="another key"),
        vector("buffer at the limit", "as much as is read",
               {**refused([*many, {"rule": [{"hex": "00", "times": limit}]}], ""), "expect": {"verdict": "accepted"}}, limits={"buffer_bytes": limit}),
        vector("buffer beyond the limit", "one byte more",
               refused([*many, {"rule": [{"hex": "00", "times": limit + 1}]}], "ERR_TOO_LARGE"), limits={"buffer_bytes": limit}),
        vector("identity beyond the limit", "an identity is bounded as a buffer is",
               refused([{"rule": [{"hex": "00", "times": limit + 1}]}, *many], "ERR_TOO_LARGE"), limits={"buffer_bytes": limit}),
        vector("frames at the limit", "as many as are read",
               {**refused([*many, *[{"hex": ""}] * (20 - len(many))], ""), "expect": {"verdict": "accepted"}}, limits={"frames": 20}),
        vector("frames beyond the limit", "one frame more",
               refused([*many, *[{"hex": ""}] * (21 - len(many))], "ERR_TOO_LARGE"), limits={"frames": 20}),
    ]


def registration_vectors():
    """The handshake of JEP 66: identities, delimiter, signature, one frame."""
    ports = {"kernel_id": "k-1", "shell_port": "50001", "iopub_port": "50002", "stdin_port": "50003", "control_port": "50004", "hb_port": "50005"}

    def frames(content, key=KEY, identities=(IDENTITY,)):
        return [*identities, DELIMITER, sign([dump(content)], key), dump(content)]

    def accepted(content, **kwargs):
        return {"frames": [frame_of(f) for f in frames(content, **kwargs)],
                "expect": {"verdict": "accepted", "identities": [i.hex() for i in kwargs.get("identities", (IDENTITY,))], "content": content}}

    return [
        vector("registration", "the kernel sends the ports that it picked", accepted(ports)),
        vector("ports as numbers", "read too", accepted({k: v if k == "kernel_id" else int(v) for k, v in ports.items()})),
        vector("acknowledgement", "its content is the service's own affair", accepted({"status": "ok"}, identities=[]), schema="registration_reply"),
        vector("wrong key", "signed with another key", refused(frames(ports, key="another key"), "ERR_SIGNATURE")),
        vector("no signature", "the frame is there and empty", refused(frames(ports, key=""), "ERR_SIGNATURE")),
        vector("no delimiter", "the delimiter is missing", refused([f for f in frames(ports) if f != DELIMITER], "ERR_NO_DELIMITER")),
        vector("no content", "the content is missing", refused(frames(ports)[:3], "ERR_TRUNCATED")),
        vector("bad JSON", "signed, and not JSON", refused(frames(b"{"), "ERR_JSON")),
        vector("no shell_port", "the content does not fit its schema", refused(frames({k: v for k, v in ports.items() if k != "shell_port"}), "ERR_SCHEMA")),
    ]


FILES = {
    "accepted.json": ("Messages that are right.", accepted_vectors),
    "schemes.json": ("Signature schemes and keys.", scheme_vectors),
    "dialect-2011.json": ("Messages of the dialect of 2011.", dialect_vectors),
    "signature.json": ("Signatures that are wrong.", signature_vectors),
    "replay.json": ("Messages that come again.", replay_vectors),
    "malformed.json": ("Frames that are missing or cannot be read; the signatures are right.", malformed_vectors),
    "content.json": ("Messages that are right on the wire, with contents that are not.", content_vectors),
    "size.json": ("Messages at the limits and beyond.", size_vectors),
    "registration.json": ("The startup handshake of JEP 66.", registration_vectors),
}


def main(arguments):
    stale = []
    for name, (description, make) in FILES.items():
        text = json.dumps({"description": description, "vectors": make()}, indent=1, ensure_ascii=False) + "\n"
        path = HERE / name
        if "--check" not in arguments:
            path.write_text(text, encoding="utf8")
        elif not path.exists() or path.read_text(encoding="utf8") != text:
            stale.append(name)
    if stale:
        sys.exit(f"out of date: {', '.join(stale)}; run python3 {Path(__file__).name}")


if __name__ == "__main__":
    main(sys.argv[1:])
