# Writes FILES as arrays of bytes: -Wpedantic refuses string literals over
# 4,095 characters. Run by aigenv_embed.
cmake_minimum_required(VERSION 3.25)

string(REGEX REPLACE "\\.c$" ".h" header "${OUTPUT}")
file(WRITE "${header}"
  "#include \"base/asset.h\"\n\nextern const struct asset ${ARRAY}[];\n")

set(text "#include \"${ARRAY}.h\"\n\n")
set(table "")
set(index 0)
foreach(path IN LISTS FILES)
  get_filename_component(name "${path}" NAME)
  file(READ "${path}" bytes HEX)
  string(LENGTH "${bytes}" digits)
  math(EXPR size "${digits} / 2")
  string(REGEX REPLACE "(................................)" "\\1\n" bytes "${bytes}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  # A final NUL, not counted: the text can be handed to C's own functions.
  string(APPEND text "static const unsigned char bytes_${index}[] = {\n${bytes}0x00\n};\n\n")
  string(APPEND table "\t{ \"${name}\", (const char *)bytes_${index}, ${size} },\n")
  math(EXPR index "${index} + 1")
endforeach()
file(WRITE "${OUTPUT}"
  "${text}const struct asset ${ARRAY}[] = {\n${table}\t{ 0, 0, 0 },\n};\n")
