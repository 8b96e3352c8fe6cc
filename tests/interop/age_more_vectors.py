#!/usr/bin/env python3
"""`aigenv age decrypt` on files made here, by a second writer of age v1.

The writer follows C2SP's age.md. It can be told to break each rule of that page
in turn, which no encrypting program can: every case below is one rule, broken
or used to its limit, with the status that it has to end in.
"""
import base64
import hashlib
import hmac
import os
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    import nacl.bindings
except ImportError:  # Debian's own Python has what Debian packages
    if sys.executable != "/usr/bin/python3":
        os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])
    raise

from nacl.bindings import (
    crypto_aead_chacha20poly1305_ietf_encrypt as seal,
    crypto_scalarmult,
    crypto_scalarmult_base,
)

AIGENV = Path(os.environ["AIGENV_TEST_BINARY"]) / "aigenv"
OPENED, MALFORMED, LOCKED = 0, 3, 4
CHUNK = 64 << 10
ZERO_NONCE = bytes(12)
BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
BEGIN, END = "-----BEGIN AGE ENCRYPTED FILE-----", "-----END AGE ENCRYPTED FILE-----"
HELLO = b"age"
PASSPHRASE = "password"
WORK = 10


def bare(data):
    return base64.b64encode(data).decode().rstrip("=")


def hkdf(key, salt, info):
    extracted = hmac.digest(salt or bytes(32), key, "sha256")
    return hmac.digest(extracted, info + b"\x01", "sha256")


def bech32(prefix, data):
    number = int.from_bytes(data, "big") << (-len(data) * 8 % 5)
    values = [number >> shift & 31 for shift in range((len(data) * 8 + 4) // 5 * 5 - 5, -1, -5)]
    expanded = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    check = 1
    for value in expanded + values + [0] * 6:
        top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(
                (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= generator if top >> bit & 1 else 0
    values += [(check ^ 1) >> shift & 31 for shift in range(25, -1, -5)]
    return prefix + "1" + "".join(BECH32[value] for value in values)


class Person:
    def __init__(self, secret=None):
        self.secret = secret or os.urandom(32)
        self.public = crypto_scalarmult_base(self.secret)

    def identity(self):
        return bech32("age-secret-key-", self.secret).upper()


ALICE, BOB = Person(), Person()
FILE_KEY = os.urandom(16)


def body(data):
    """Lines of 64 columns up to a shorter one."""
    text = bare(data)
    return "".join(text[at:at + 64] + "\n" for at in range(0, len(text) + 1, 64))


def stanza(*arguments, data=b"", lines=None):
    return "-> " + " ".join(arguments) + "\n" + (body(data) if lines is None else lines)


def x25519(person=ALICE, key=FILE_KEY, kind="X25519", more=(), share=None, spelled=None,
           change=None, flip=False, lines=None):
    ephemeral = os.urandom(32)
    point = crypto_scalarmult_base(ephemeral) if share is None else share
    secret = crypto_scalarmult(ephemeral, person.public) if share is None else bytes(32)
    wrap = hkdf(secret, point + person.public, b"age-encryption.org/v1/X25519")
    wrapped = bytearray(seal(key, None, ZERO_NONCE, wrap))
    wrapped[-1] ^= flip
    arguments = (bare(point) if spelled is None else spelled(bare(point)), *more)
    if change:
        lines = change(body(bytes(wrapped)))
    return stanza(kind, *arguments, data=bytes(wrapped), lines=lines)


def scrypt(work=str(WORK), salt=None, key=FILE_KEY, kind="scrypt", arguments=None, flip=False,
           change=None, passphrase=PASSPHRASE):
    salt = os.urandom(16) if salt is None else salt
    wrap = hashlib.scrypt(passphrase.encode(), salt=b"age-encryption.org/v1/scrypt" + salt,
                          n=1 << WORK, r=8, p=1, dklen=32)
    wrapped = bytearray(seal(key, None, ZERO_NONCE, wrap))
    wrapped[0] ^= flip
    arguments = (bare(salt), work) if arguments is None else arguments(bare(salt))
    lines = change(body(bytes(wrapped))) if change else None
    return stanza(kind, *arguments, data=bytes(wrapped), lines=lines)


def header(*stanzas, version="age-encryption.org/v1", mac=None):
    """`mac` spells the last line from the MAC's text."""
    text = version + "\n" + "".join(stanzas) + "---"
    key = hkdf(FILE_KEY, b"", b"header")
    code = bare(hmac.digest(key, text.encode("latin-1"), "sha256"))
    return (text[:-3] + (mac(code) if mac else f"--- {code}\n")).encode("latin-1")


NONCE = os.urandom(16)


def chunk(counter, plain, last):
    nonce = counter.to_bytes(11, "big") + bytes([last])
    return seal(plain, None, nonce, hkdf(FILE_KEY, NONCE, b"payload"))


def payload(plain=HELLO):
    parts = [plain[at:at + CHUNK] for at in range(0, len(plain), CHUNK)] or [b""]
    return NONCE + b"".join(
        chunk(at, part, at == len(parts) - 1) for at, part in enumerate(parts))


def age_file(*stanzas, plain=HELLO, **more):
    return header(*stanzas, **more) + payload(plain)


def armor(data, end="\n"):
    text = base64.b64encode(data).decode()
    lines = [BEGIN, *(text[at:at + 64] for at in range(0, len(text), 64)), END]
    return "".join(line + end for line in lines).encode()


def sized(fits):
    """An age file whose Base64 is as asked."""
    for size in range(200):
        data = age_file(x25519(), plain=bytes(size))
        if fits(base64.b64encode(data)):
            return data
    raise AssertionError("no such size")


def spare_bit(text):
    """The same bytes to a careless decoder: an unused bit is set."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    return text[:-1] + alphabet[alphabet.index(text[-1]) | 1]


def spare_bit_in_line(line):
    return spare_bit(line.rstrip("\n")) + "\n"


def flipped(data, at=-1):
    changed = bytearray(data)
    changed[at] ^= 1
    return bytes(changed)


def low_order():
    hexes = ("00" * 32, "01" + "00" * 31,
             "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
             "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
             "ec" + "ff" * 30 + "7f", "ed" + "ff" * 30 + "7f", "ee" + "ff" * 30 + "7f")
    return [bytes.fromhex(text) for text in hexes]


def header_cases():
    known = x25519()
    yield "version 2", MALFORMED, age_file(known, version="age-encryption.org/v2")
    yield "version 1 with a blank", MALFORMED, age_file(known, version="age-encryption.org/v1 ")
    yield "version in CR LF", MALFORMED, age_file(known, version="age-encryption.org/v1\r")
    yield "no version", MALFORMED, age_file(known).split(b"\n", 1)[1]
    yield "no stanza", MALFORMED, age_file()
    yield "two recipients", OPENED, age_file(x25519(BOB), known)
    yield "the same recipient twice", OPENED, age_file(known, x25519())
    yield "grease around", OPENED, age_file(
        stanza("grease", data=os.urandom(48)), known, stanza("x-y", "!~", data=os.urandom(100)))
    macs = {
        "missing": lambda code: "",
        "without its text": lambda code: "---\n",
        "with a blank and no text": lambda code: "--- \n",
        "with two blanks": lambda code: f"---  {code}\n",
        "with no blank": lambda code: f"---{code}\n",
        "with a blank behind": lambda code: f"--- {code} \n",
        "with a tab": lambda code: f"---\t{code}\n",
        "cut short": lambda code: f"--- {code[:-2]}\n",
        "of 31 bytes": lambda code: f"--- {bare(bytes(31))}\n",
        "of 33 bytes": lambda code: f"--- {bare(bytes(33))}\n",
        "with padding": lambda code: f"--- {code}=\n",
        "not canonical": lambda code: f"--- {spare_bit(code)}\n",
        "in CR LF": lambda code: f"--- {code}\r\n",
        "in the URL alphabet": lambda code: f"--- _{code[1:]}\n",
        "with four dashes": lambda code: f"---- {code}\n",
        "with two dashes": lambda code: f"-- {code}\n",
    }
    for name, spelled in macs.items():
        yield f"MAC {name}", MALFORMED, age_file(known, mac=spelled)
    yield "MAC of other bytes", LOCKED, age_file(known, mac=lambda _: f"--- {bare(bytes(32))}\n")
    yield "another MAC", LOCKED, age_file(known, mac=lambda code: "--- {}{}\n".format(
        "B" if code[0] == "A" else "A", code[1:]))
    yield "header cut off", MALFORMED, header(known)[:-1]
    yield "nothing at all", MALFORMED, b""


def stanza_cases():
    known = x25519()

    def beside(text):
        return age_file(known, text)

    visible = "".join(map(chr, range(33, 127)))
    yield "every visible character", OPENED, beside(stanza(visible, visible, data=HELLO))
    yield "many arguments", OPENED, beside(stanza(*"abcdefghij"))
    yield "empty body", OPENED, beside(stanza("empty"))
    yield "a body of one full line", OPENED, beside(stanza("full", data=bytes(48)))
    yield "a body of two full lines", OPENED, beside(stanza("full", data=bytes(96)))
    broken = {
        "no argument": "->\n\n",
        "a blank and no argument": "-> \n\n",
        "two blanks in front": "->  a\n\n",
        "an empty argument": "-> a  b\n\n",
        "a blank behind": "-> a \n\n",
        "no blank after the arrow": "->a\n\n",
        "a tab after the arrow": "->\ta\n\n",
        "another start": "-- a\n\n",
        "a start of one dash": "- a\n\n",
        "a control character": "-> a\x07\n\n",
        "a DEL": "-> a\x7f\n\n",
        "a letter beyond ASCII": "-> \u00e8\n\n",
        "CR in arguments": "-> a\r\n\n",
        "CR in a body": "-> a\nAAAA\r\n",
        "a CR for the empty line": "-> a\n\r\n",
        "a long line": f"-> a\n{'A' * 68}\n\n",
        "a longer last line": f"-> a\n{'A' * 65}\n\n",
        "no short line": f"-> a\n{'A' * 64}\n",
        "no body": "-> a\n",
        "two short lines": "-> a\nAAAA\nAAAA\n",
        "an empty line too many": "-> a\nAAAA\n\n",
        "padding": "-> a\nAAA=\n",
        "unused bits": "-> a\nAAB\n",
        "the URL alphabet": "-> a\nAA_-\n",
        "a blank in the body": "-> a\nAA AA\n",
        "one column": "-> a\nA\n",
        "an empty line between": f"\n{known}",
    }
    for name, text in broken.items():
        yield f"stanza with {name}", MALFORMED, beside(text)


def x25519_cases():
    yield "x25519", OPENED, age_file(x25519())
    yield "x25519 with a wrong tag", LOCKED, age_file(x25519(flip=True))
    yield "x25519 for someone else", LOCKED, age_file(x25519(BOB))
    yield "a wrong tag, then a right one", OPENED, age_file(x25519(flip=True), x25519())
    yield "x25519 in lower case", LOCKED, age_file(x25519(kind="x25519"))
    yield "x25519 with an argument too many", MALFORMED, age_file(x25519(more=("more",)))
    yield "x25519 without a share", MALFORMED, age_file(stanza("X25519", data=bytes(32)))
    yield "share with padding", MALFORMED, age_file(x25519(spelled=lambda text: text + "="))
    yield "share not canonical", MALFORMED, age_file(x25519(spelled=spare_bit))
    yield "share of 31 bytes", MALFORMED, age_file(x25519(share=bytes(range(31))))
    yield "share of 33 bytes", MALFORMED, age_file(x25519(share=bytes(range(33))))
    yield "file key of 15 bytes", MALFORMED, age_file(x25519(key=bytes(15)))
    yield "file key of 17 bytes", MALFORMED, age_file(x25519(key=bytes(17)))
    yield "file key of 24 bytes", MALFORMED, age_file(x25519(key=bytes(24)))
    yield "file key of 32 bytes", MALFORMED, age_file(x25519(key=bytes(32)))
    yield "x25519 without a body", MALFORMED, age_file(x25519(lines="\n"))
    yield "x25519 body not canonical", MALFORMED, age_file(x25519(change=spare_bit_in_line))
    yield "a good stanza, then a malformed one", MALFORMED, age_file(
        x25519(), x25519(BOB, more=("more",)))
    for point in low_order():
        yield f"low order {point[:4].hex()}", MALFORMED, age_file(x25519(share=point))
        yield f"low order {point[:4].hex()} beside", MALFORMED, age_file(
            x25519(), x25519(share=point))


def scrypt_cases():
    yield "scrypt", OPENED, age_file(scrypt())
    yield "scrypt with another passphrase", LOCKED, age_file(scrypt(passphrase="other"))
    yield "scrypt with a wrong tag", LOCKED, age_file(scrypt(flip=True))
    yield "scrypt and x25519", MALFORMED, age_file(scrypt(), x25519())
    yield "x25519 and scrypt", MALFORMED, age_file(x25519(), scrypt())
    yield "scrypt and grease", MALFORMED, age_file(scrypt(), stanza("grease"))
    yield "scrypt twice", MALFORMED, age_file(scrypt(), scrypt())
    yield "scrypt in upper case", LOCKED, age_file(scrypt(kind="Scrypt"))
    yield "scrypt with a long file key", MALFORMED, age_file(scrypt(key=bytes(24)))
    yield "scrypt body not canonical", MALFORMED, age_file(scrypt(change=spare_bit_in_line))
    yield "salt of 15 bytes", MALFORMED, age_file(scrypt(salt=bytes(15)))
    yield "salt of 17 bytes", MALFORMED, age_file(scrypt(salt=bytes(17)))
    arguments = {
        "no argument": lambda salt: (),
        "no salt": lambda salt: (str(WORK),),
        "no work factor": lambda salt: (salt,),
        "an argument too many": lambda salt: (salt, str(WORK), str(WORK)),
        "them exchanged": lambda salt: (str(WORK), salt),
        "a salt not canonical": lambda salt: (spare_bit(salt), str(WORK)),
        "a salt with padding": lambda salt: (salt + "==", str(WORK)),
    }
    for name, made in arguments.items():
        yield f"scrypt with {name}", MALFORMED, age_file(scrypt(arguments=made))
    for work in ("0", "-1", "-10", "+10", "010", "0012", "0xa", "0xA", "aa", "10a", "a10",
                 "1e1", "10.0", "10,", "1_0", "23", "64", "255", "256", "266", "65546",
                 "4294967306", "18446744073709551626", "9" * 40, "\u00b2"):
        yield f"work factor {work}", MALFORMED, age_file(scrypt(work=work))


def stream_cases():
    head = header(x25519())
    full = os.urandom(CHUNK)
    for size in (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7):
        yield f"{size} bytes", OPENED, age_file(x25519(), plain=os.urandom(size))
    yield "no nonce", MALFORMED, head
    yield "nonce of 15 bytes", MALFORMED, head + NONCE[:15]
    broken = {
        "no chunk": b"",
        "a chunk without its tag": chunk(0, HELLO, True)[:-16],
        "a tag cut off": chunk(0, HELLO, True)[:-1],
        "15 bytes of a tag": chunk(0, b"", True)[:15],
        "a wrong tag": flipped(chunk(0, HELLO, True)),
        "a wrong byte": flipped(chunk(0, HELLO, True), 0),
        "no last chunk": chunk(0, HELLO, False),
        "no last chunk, full": chunk(0, full, False),
        "no last chunk of two": chunk(0, full, False) + chunk(1, HELLO, False),
        "no last chunk of two, full": chunk(0, full, False) + chunk(1, full, False),
        "an empty last chunk": chunk(0, full, False) + chunk(1, b"", True),
        "an empty chunk that is not the last": chunk(0, b"", False) + chunk(1, HELLO, True),
        "a short chunk in the middle": chunk(0, HELLO, False) + chunk(1, HELLO, True),
        "two last chunks": chunk(0, HELLO, True) + chunk(1, HELLO, True),
        "two last chunks, the first full": chunk(0, full, True) + chunk(1, HELLO, True),
        "two last chunks, both full": chunk(0, full, True) + chunk(1, full, True),
        "a wrong tag in the second": chunk(0, full, False) + flipped(chunk(1, HELLO, True)),
        "a wrong tag in the second, full": chunk(0, full, False) + flipped(chunk(1, full, True)),
        "the second cut off": chunk(0, full, False) + chunk(1, full, True)[:-1],
        "the second gone": chunk(0, full, False) + chunk(1, full, False)[:0],
        "chunks exchanged": chunk(1, full, False) + chunk(0, HELLO, True),
        "a counter twice": chunk(0, full, False) + chunk(0, HELLO, True),
        "a counter left out": chunk(0, full, False) + chunk(2, HELLO, True),
        "a little-endian counter": chunk(0, full, False) + chunk(1 << 80, HELLO, True),
        "a mark of 2": seal(HELLO, None, bytes(11) + b"\x02", hkdf(FILE_KEY, NONCE, b"payload")),
        "a byte behind": chunk(0, HELLO, True) + b"x",
        "a newline behind": chunk(0, HELLO, True) + b"\n",
        "a byte behind a full chunk": chunk(0, full, True) + b"x",
        "much behind": chunk(0, HELLO, True) + bytes(CHUNK + 100),
        "much behind a full chunk": chunk(0, full, True) + bytes(CHUNK + 100),
        "itself twice": chunk(0, HELLO, True) * 2,
    }
    for name, chunks in broken.items():
        yield f"stream with {name}", LOCKED, head + NONCE + chunks
    yield "another nonce", LOCKED, head + flipped(NONCE) + chunk(0, HELLO, True)


def armor_cases():
    good = age_file(x25519())
    text = armor(good).decode()
    lines = text.splitlines()
    whole = sized(lambda code: len(code) % 64 == 0 and not code.endswith(b"="))
    padded = sized(lambda code: code.endswith(b"==") and len(code) % 64 > 4)
    whole_text = armor(whole).decode()
    first = lines[1]

    def without(line):
        return "\n".join(item for item in lines if item != line) + "\n"

    fine = {
        "armor": text,
        "CR LF": armor(good, "\r\n").decode(),
        "no newline at the end": text[:-1],
        "a full last line": whole_text,
        "white space around": " \t\n\r\n" + text + "\n \t\r\n",
        "newlines around": "\n\n" + text + "\n\n",
        "mixed line ends": text.replace("\n", "\r\n", 2),
    }
    broken = {
        "lower case": text.replace(BEGIN, BEGIN.lower()).replace(END, END.lower()),
        "another type": text.replace("AGE ENCRYPTED FILE", "AGE ENCRYPTED MESSAGE"),
        "a certificate's type": text.replace("AGE ENCRYPTED FILE", "CERTIFICATE"),
        "no first line": without(BEGIN),
        "no last line": without(END),
        "headers": text.replace(BEGIN, BEGIN + "\nComment: hello\n"),
        "headers without an empty line": text.replace(BEGIN, BEGIN + "\nComment: hello"),
        "a checksum": text.replace(END, "=qQqQ\n" + END),
        "an empty line after the first": text.replace(BEGIN, BEGIN + "\n"),
        "an empty line before the last": text.replace(END, "\n" + END),
        "an empty line after a full one": whole_text.replace(END, "\n" + END),
        "an empty line in the data": text.replace(first, first + "\n"),
        "nothing in it": f"{BEGIN}\n{END}\n",
        "an empty line in it": f"{BEGIN}\n\n{END}\n",
        "garbage in front": "garbage\n" + text,
        "garbage behind": text + "garbage\n",
        "itself twice": text + text,
        "garbage on the first line": text.replace(BEGIN, BEGIN + "x"),
        "garbage on the last line": text.replace(END, END + "x"),
        "white space after the first line": text.replace(BEGIN, BEGIN + " "),
        "white space before the first line": " " + text,
        "white space after the last line": text[:-1].replace(END, END + " ") + "\n",
        "white space before the last line": text.replace(END, " " + END),
        "white space at a line's end": text.replace(first, first + " "),
        "a tab at a line's end": text.replace(first, first + "\t"),
        "white space at a line's start": text.replace(first, " " + first),
        "white space in a line": text.replace(first, first[:9] + " " + first[9:]),
        "a CR in a line": text.replace(first, first[:8] + "\r" + first[8:]),
        "two CRs at an end": text.replace(first, first + "\r\r"),
        "a form feed": text.replace(first, first + "\f"),
        "old Mac ends": text.replace("\n", "\r"),
        "a short line": text.replace(first, first[:60] + "\n" + first[60:]),
        "a long line": text.replace(first + "\n", first),
        "another letter": text.replace(first, "*" + first[1:]),
        "the URL alphabet": text.replace(first, "_" + first[1:]),
        "a NUL": text.replace(first, "\0" + first[1:]),
        "padding in the middle": text.replace(first, first[:-2] + "=="),
        "no padding": armor(padded).decode().replace("=", ""),
        "half of the padding": armor(padded).decode().replace("==", "="),
        "a line end between the padding": armor(padded).decode().replace("==", "=\n="),
        "unused bits": text_with_spare_bit(padded),
        "garbage inside": armor(good + b"x").decode(),
        "four dashes": text.replace("-----", "----"),
        "no end of its first line": BEGIN,
        "binary inside": BEGIN + "\n" + good.decode("latin-1") + "\n" + END + "\n",
        "a newline's own escape": text.replace("\n", "\\n"),
    }
    for name, made in fine.items():
        yield f"armor with {name}", OPENED, made.encode()
    for name, made in broken.items():
        # What is garbage to the armor inside is damage to the payload.
        status = LOCKED if name == "garbage inside" else MALFORMED
        yield f"armor with {name}", status, made.encode("latin-1")
    yield "armor for someone else", LOCKED, armor(age_file(x25519(BOB)))
    yield "armored passphrase", OPENED, armor(age_file(scrypt()))
    yield "armor in armor", MALFORMED, armor(armor(good))


def text_with_spare_bit(data):
    text = armor(data).decode().splitlines()
    end = "=" * text[-2].count("=")
    text[-2] = spare_bit(text[-2].rstrip("=")) + end
    return "\n".join(text) + "\n"


def decrypt(folder, data):
    done = subprocess.run(
        [AIGENV, "age", "decrypt", "--identity", folder / "identity",
         "--passphrase-file", folder / "passphrase"],
        input=data, capture_output=True, timeout=60, check=False)
    return done.returncode, done.stdout, done.stderr


def wrong_of(folder, status, data):
    """What is wrong with the program's answer, or None."""
    got, out, errors = decrypt(folder, data)
    if got != status:
        return f"ended with {got}, not {status}: {errors.decode()}"
    if status == OPENED:
        return None if not errors else f"said {errors!r}"
    if out:
        return "failed, but wrote to stdout"
    if not errors or ALICE.identity().encode() in errors or PASSPHRASE.encode() in errors.replace(
            b"passphrase", b"").replace(b"--password", b""):
        return f"said {errors!r}"
    return None


def main():
    ran, failed = 0, 0
    with tempfile.TemporaryDirectory(prefix="aigenv-age-") as name:
        folder = Path(name)
        (folder / "identity").write_text(ALICE.identity() + "\n")
        (folder / "identity").chmod(0o600)
        (folder / "passphrase").write_text(PASSPHRASE + "\n")
        for cases in (header_cases, stanza_cases, x25519_cases, scrypt_cases, stream_cases,
                      armor_cases):
            for what, status, data in cases():
                ran += 1
                wrong = wrong_of(folder, status, data)
                if wrong:
                    failed += 1
                    print(f"{cases.__name__}: {what}: {wrong}")
        plain = os.urandom(3 * CHUNK + 5)
        if decrypt(folder, age_file(x25519(), plain=plain))[1] != plain:
            failed += 1
            print("another plaintext")
    print(f"{ran} cases, {failed} failed")
    return 1 if failed or ran < 150 else 0


sys.exit(main())
