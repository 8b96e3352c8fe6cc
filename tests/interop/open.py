import base64, hmac, json, sys
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt as aead, sodium_unpad
vault, profile = json.load(open(sys.argv[1], encoding="utf8")), sys.argv[2]
K, v, p = sys.stdin.buffer.read(), vault["vault"], vault["profiles"][profile]
s = p["sealed"]
def C(*x): return json.dumps(x, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
def subkey(info): return hmac.digest(hmac.digest(bytes.fromhex(v), K, "sha256"), info + b"\x01", "sha256")
def tag(*x): return base64.b64encode(hmac.digest(subkey(b"aigenv/1 mac"), C(*x), "sha256")).decode()
assert s["settings"] == tag("aigenv/1 settings", v, profile, s["generation"], p["settings"]), "settings edited"
assert s["core"] == tag("aigenv/1 core", v, profile, s["generation"], s["at"], s["by"],
                        p["recipients"], p["key"], p["secrets"]), "changed outside aigenv"
for name, e in p["secrets"].items():
    d, aad = base64.b64decode(e["current"]["data"]), C("aigenv/1 value", v, profile, name, e["current"]["gen"])
    value = sodium_unpad(aead(d[24:], aad, d[:24], subkey(b"aigenv/1 value")), 64).decode()
    print(name, "=", json.dumps(value, ensure_ascii=False))
