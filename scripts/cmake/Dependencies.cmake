# Every library that aigenv is built from, and why this one.
#
#   libcurl        HTTP/2, TLS, proxies, URL rules. Loaded on demand by src/http, so only its header is needed here
#   jansson        JSON that refuses duplicate members, bad UTF-8 and trailing text
#   libsodium      every cipher, hash and signature; locked memory for secrets
#   libedit        line editing in the wizard where an answer may be seen
#   libmicrohttpd  the HTTP server under aig-emulator (not linked into aigenv)
#   libcrypto      the ids of git's objects, ten times as fast as git. Opened on demand by src/git where libcurl has
#                  brought it; nothing is built with it, and without it `check --leaks` is right, but slower
#
# What tests need is named in tests/CMakeLists.txt.
find_package(PkgConfig REQUIRED)
pkg_check_modules(curl REQUIRED IMPORTED_TARGET libcurl>=7.88)
pkg_check_modules(jansson REQUIRED IMPORTED_TARGET jansson>=2.14)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium>=1.0.18)
pkg_check_modules(edit REQUIRED IMPORTED_TARGET libedit)
if(AIGENV_EMULATOR)
  pkg_check_modules(microhttpd REQUIRED IMPORTED_TARGET libmicrohttpd>=0.9.75)
endif()
