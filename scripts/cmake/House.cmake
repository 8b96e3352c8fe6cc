# How code is built here: one set of flags, modules with declared edges, data
# embedded as bytes.

include(CheckCCompilerFlag)
include(CheckCSourceCompiles)
include(CheckLinkerFlag)

option(AIGENV_EMULATOR "Build aig-emulator, which needs libmicrohttpd" ON)
option(AIGENV_CCACHE "Compile through ccache where it is installed" OFF)
option(AIGENV_SANITIZE "Build with address and undefined sanitizers" OFF)
option(AIGENV_FUZZ "Build the libFuzzer targets (clang)" OFF)

# Another clone of the same code finds what was compiled in this one.
find_program(AIGENV_CCACHE_PROGRAM ccache)
if(AIGENV_CCACHE AND AIGENV_CCACHE_PROGRAM)
  # By env, not by `cmake -E env`, which takes ten times as long to start. It goes by the
  # files that the compiler itself names, and runs no preprocessor before it: what it
  # does not know is compiled in three quarters of the time.
  set(CMAKE_C_COMPILER_LAUNCHER env "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}"
    CCACHE_NOHASHDIR=1 CCACHE_DEPEND=1 "${AIGENV_CCACHE_PROGRAM}")
endif()

get_property(several_types GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
if(NOT CMAKE_BUILD_TYPE AND NOT several_types)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "Debug, Release, RelWithDebInfo, MinSizeRel" FORCE)
endif()

set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
if(AIGENV_SANITIZE)
  set(CMAKE_POSITION_INDEPENDENT_CODE OFF)
endif()
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}")

add_library(house_flags INTERFACE)
target_include_directories(house_flags INTERFACE "${PROJECT_SOURCE_DIR}/src")
target_compile_definitions(house_flags INTERFACE
  _POSIX_C_SOURCE=200809L
  _FILE_OFFSET_BITS=64
  AIGENV_VERSION="${PROJECT_VERSION}")
target_compile_options(house_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes
  -Wmissing-prototypes -Wwrite-strings -Wformat=2 -Wvla -Wundef -Wcast-qual
  -fstack-protector-strong)

# Hardening that not every compiler or machine has.
set(CMAKE_REQUIRED_FLAGS -Werror)
foreach(flag -fstack-clash-protection -fcf-protection -mbranch-protection=standard)
  string(MAKE_C_IDENTIFIER "has${flag}" has)
  check_c_compiler_flag(${flag} ${has})
  if(${has})
    target_compile_options(house_flags INTERFACE ${flag})
  endif()
endforeach()

# Checked calls need an optimised build. Level 3 counts only where both the
# compiler and the C library know it: otherwise features.h says what it took.
set(CMAKE_REQUIRED_FLAGS "-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3")
check_c_source_compiles("
  #include <features.h>
  #if __USE_FORTIFY_LEVEL < 3
  #error not known
  #endif
  int main(void) { return 0; }" has_fortify_3)
unset(CMAKE_REQUIRED_FLAGS)
set(fortify 2)
if(has_fortify_3)
  set(fortify 3)
endif()
set(optimised "$<CONFIG:Release,RelWithDebInfo,MinSizeRel>")
target_compile_options(house_flags INTERFACE
  $<${optimised}:-U_FORTIFY_SOURCE>
  $<${optimised}:-D_FORTIFY_SOURCE=${fortify}>)

target_link_options(house_flags INTERFACE -Wl,-z,relro,-z,now -Wl,--as-needed)
# A hundred programs of tests, each in a third of the time (tests/CMakeLists.txt takes
# it for all of its own).
check_linker_flag(C -fuse-ld=gold has_gold)
# It warns 130 times of what clang's sanitizers export.
if(AIGENV_SANITIZE AND CMAKE_C_COMPILER_ID STREQUAL "Clang")
  set(has_gold OFF)
endif()
if(has_gold)
  target_link_options(house_flags INTERFACE $<$<CONFIG:Debug>:-fuse-ld=gold>)
endif()
if(AIGENV_SANITIZE)
  # Tests start some 5,000 processes: each would relocate 100,000 addresses of
  # places that the sanitizers may name, and load their libraries.
  # -g1: what a report names, functions and lines, in a fifth less time.
  add_compile_options(-O1 -g1)
  target_compile_options(house_flags INTERFACE -fno-pie)
  target_link_options(house_flags INTERFACE -no-pie)
  if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
    # GCC's manual: together with sanitizers it warns of what is initialised.
    target_compile_options(house_flags INTERFACE -Wno-maybe-uninitialized)
    target_link_options(house_flags INTERFACE -static-libasan -static-libubsan)
  else()
    # All variables are told to the sanitizer at once, and not by each of 600 files
    # with a stack of its own: a fifth less for a start. By each file's own function,
    # since clang keeps but one of such, and one of a file without variables tells none
    # (tests/sanitizers.py sees whether they are told).
    target_compile_options(house_flags INTERFACE -fdata-sections
      -fsanitize-address-globals-dead-stripping "SHELL:-mllvm -asan-with-comdat=0")
  endif()
else()
  target_link_options(house_flags INTERFACE -pie)
endif()
if(AIGENV_SANITIZE OR AIGENV_FUZZ)
  target_compile_options(house_flags INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=all
    -fno-omit-frame-pointer)
  target_link_options(house_flags INTERFACE -fsanitize=address,undefined)
endif()
if(AIGENV_FUZZ)
  target_compile_options(house_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

define_property(GLOBAL PROPERTY AIGENV_MODULES
  BRIEF_DOCS "Names of all modules in the order of their declaration")
set_property(GLOBAL PROPERTY AIGENV_MODULES "")
set(AIGENV_EDGES_FILE "${PROJECT_BINARY_DIR}/module-edges.txt")
file(WRITE "${AIGENV_EDGES_FILE}" "")

# aigenv_module(vault SOURCES ... USES base os age LIBRARIES PkgConfig::sodium)
#
# A static library for the folder of that name. USES names the modules whose
# headers it may include; each has to be declared before, so no cycle can be
# written. The edges go to a file that tests/architecture.cmake reads.
function(aigenv_module name)
  cmake_parse_arguments(module "" "" "SOURCES;USES;LIBRARIES" ${ARGN})
  if(module_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "${name}: what is ${module_UNPARSED_ARGUMENTS}?")
  endif()
  get_property(known GLOBAL PROPERTY AIGENV_MODULES)
  foreach(used IN LISTS module_USES)
    if(NOT used IN_LIST known)
      message(FATAL_ERROR "${name} uses ${used}, which is not declared before it")
    endif()
  endforeach()
  set_property(GLOBAL APPEND PROPERTY AIGENV_MODULES ${name})
  string(JOIN " " edges ${name} ${module_USES})
  file(APPEND "${AIGENV_EDGES_FILE}" "${edges}\n")

  add_library(${name} STATIC ${module_SOURCES})
  target_link_libraries(${name} PUBLIC house_flags ${module_USES} ${module_LIBRARIES})
endfunction()

# aigenv_embed(catalogue catalogue_assets FILES a b)
#
# Compiles files into `const struct asset catalogue_assets[]` (base/asset.h) of
# module `catalogue`, ended by an entry without a name; and declares it in
# "catalogue_assets.h".
function(aigenv_embed target array)
  cmake_parse_arguments(embed "" "" "FILES" ${ARGN})
  set(output "${CMAKE_CURRENT_BINARY_DIR}/${array}.c")
  list(TRANSFORM embed_FILES PREPEND "${PROJECT_SOURCE_DIR}/" OUTPUT_VARIABLE paths)
  add_custom_command(OUTPUT "${output}" "${CMAKE_CURRENT_BINARY_DIR}/${array}.h"
    COMMAND "${CMAKE_COMMAND}" "-DARRAY=${array}" "-DOUTPUT=${output}"
      "-DFILES=${paths}" -P "${PROJECT_SOURCE_DIR}/scripts/cmake/embed.cmake"
    DEPENDS ${paths} "${PROJECT_SOURCE_DIR}/scripts/cmake/embed.cmake"
    COMMENT "Embedding ${array}" VERBATIM)
  target_sources(${target} PRIVATE "${output}")
  target_include_directories(${target} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}")
endfunction()
