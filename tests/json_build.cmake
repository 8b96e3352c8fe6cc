# Fails on every call of a jansson constructor outside src/base: they return NULL
# for text that is not UTF-8, and callers forget it (base/json_build.h). So does
# a member's text that is read without json_text (base/json.h).
cmake_minimum_required(VERSION 3.25)

set(makers
  object array string stringn string_nocheck integer real sprintf vsprintf pack
  vpack_ex pack_ex copy deep_copy object_set object_set_new object_set_nocheck
  object_set_new_nocheck object_setn object_setn_new object_update array_set
  array_set_new array_append array_append_new array_insert array_insert_new
  array_extend string_set)
list(JOIN makers "|" makers)
set(maker "(^|[^A-Za-z0-9_])json_(${makers})[^A-Za-z0-9_]")

file(GLOB_RECURSE files "${SOURCE}/*.[ch]")
set(wrong "")
set(seen 0)
foreach(file IN LISTS files)
  math(EXPR seen "${seen} + 1")
  if(file MATCHES "/base/json")
    continue()
  endif()
  file(READ "${file}" whole)
  if(whole MATCHES "json_string_value\\([ \t\n]*json_object_get\\(")
    string(APPEND wrong "${file}: a member's text is json_text's to read\n")
  endif()
  file(STRINGS "${file}" lines REGEX "${maker}")
  foreach(line IN LISTS lines)
    # What a comment says is no call.
    if(NOT line MATCHES "^[ \t]*(/?\\*)")
      string(APPEND wrong "${file}: ${line}\n")
    endif()
  endforeach()
endforeach()
if(seen EQUAL 0)
  message(FATAL_ERROR "no file was looked at: the test is blind")
endif()
if(wrong)
  message(FATAL_ERROR "made or read without base/json:\n${wrong}")
endif()
message(STATUS "${seen} files make JSON by base/json_build.h alone")
