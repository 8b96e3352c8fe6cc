# Writes the provider catalogue as const tables in C, so that no start of the
# program parses JSON for it. Run by src/catalogue/CMakeLists.txt with INPUT
# (providers.json) and OUTPUT. What the file gets wrong stops the build.
cmake_minimum_required(VERSION 3.25)

# member of the file | member of struct provider | need
set(texts
  slug slug REQUIRED
  title title REQUIRED
  gateway_path gateway_path REQUIRED
  direct_base_url direct_base_url REQUIRED
  custom_base_url custom_base_url OPTIONAL
  key_env key_env OPTIONAL
  auth_header auth_header REQUIRED
  chat_path chat_path REQUIRED
  models_path models_path OPTIONAL
  compat_prefix compat_prefix OPTIONAL
  notes notes OPTIONAL
  source source REQUIRED)
set(lists
  example_models example_models
  withdrawn_models withdrawn_models
  key_prefixes key_prefixes
  direct_base_url_alternatives direct_alternatives
  key_env_alternatives key_env_alternatives
  gateway_path_alternatives path_alternatives
  names names)
set(members kind api extra_headers test_body_extra)
foreach(index RANGE 0 35 3)
  list(GET texts ${index} member)
  list(APPEND members ${member})
endforeach()
foreach(index RANGE 0 13 2)
  list(GET lists ${index} member)
  list(APPEND members ${member})
endforeach()

# The text of a C string, with its quotes.
function(quote text out)
  string(REPLACE "\\" "\\\\" text "${text}")
  string(REPLACE "\"" "\\\"" text "${text}")
  if(text MATCHES "[\n\t]")
    message(FATAL_ERROR "a text of the catalogue has a line break or TAB: ${text}")
  endif()
  set(${out} "\"${text}\"" PARENT_SCOPE)
endfunction()

function(check_members entry place)
  string(JSON count LENGTH "${entry}")
  math(EXPR last "${count} - 1")
  foreach(index RANGE ${last})
    string(JSON name MEMBER "${entry}" ${index})
    if(NOT name IN_LIST members)
      message(FATAL_ERROR "${place}: no member is called \"${name}\"")
    endif()
  endforeach()
endfunction()

# Sets `out` to the member as a C string; empty where it is not there.
function(read_text entry place member need out)
  string(JSON type ERROR_VARIABLE failure TYPE "${entry}" ${member})
  if(failure AND need STREQUAL "OPTIONAL")
    set(${out} "" PARENT_SCOPE)
    return()
  endif()
  if(NOT type STREQUAL "STRING")
    message(FATAL_ERROR "${place}: \"${member}\" must be a text")
  endif()
  string(JSON text GET "${entry}" ${member})
  quote("${text}" text)
  set(${out} "${text}" PARENT_SCOPE)
endfunction()

# Sets `out` to a list's texts and the NULL that ends it, as C.
function(read_list entry place member out)
  set(items "")
  string(JSON count ERROR_VARIABLE failure LENGTH "${entry}" ${member})
  if(NOT failure AND count GREATER 0)
    math(EXPR last "${count} - 1")
    foreach(index RANGE ${last})
      string(JSON type TYPE "${entry}" ${member} ${index})
      if(NOT type STREQUAL "STRING")
        message(FATAL_ERROR "${place}: \"${member}\" must be a list of texts")
      endif()
      string(JSON text GET "${entry}" ${member} ${index})
      quote("${text}" text)
      string(APPEND items "${text}, ")
    endforeach()
  endif()
  set(${out} "${items}NULL" PARENT_SCOPE)
endfunction()

# {"name": "value"} as "name: value", as C.
function(read_headers entry out)
  set(items "")
  string(JSON count ERROR_VARIABLE failure LENGTH "${entry}" extra_headers)
  if(NOT failure AND count GREATER 0)
    math(EXPR last "${count} - 1")
    foreach(index RANGE ${last})
      string(JSON name MEMBER "${entry}" extra_headers ${index})
      string(JSON value GET "${entry}" extra_headers ${name})
      quote("${name}: ${value}" text)
      string(APPEND items "${text}, ")
    endforeach()
  endif()
  set(${out} "${items}NULL" PARENT_SCOPE)
endfunction()

# An object on one line without blanks: no text in it has one today.
function(read_object entry place member out)
  string(JSON text ERROR_VARIABLE failure GET "${entry}" ${member})
  if(failure)
    set(${out} "" PARENT_SCOPE)
    return()
  endif()
  string(REGEX REPLACE "[\n\t ]" "" text "${text}")
  quote("${text}" text)
  set(${out} "${text}" PARENT_SCOPE)
endfunction()

function(write_entry entry index out_lists out_entry)
  set(place "${INPUT}: entry ${index}")
  check_members("${entry}" "${place}")
  set(arrays "")
  set(fields "")
  foreach(at RANGE 0 35 3)
    list(SUBLIST texts ${at} 3 row)
    list(GET row 0 member)
    list(GET row 1 field)
    list(GET row 2 need)
    read_text("${entry}" "${place}" ${member} ${need} text)
    if(NOT text STREQUAL "")
      string(APPEND fields "\t\t.${field} = ${text},\n")
    endif()
  endforeach()
  foreach(at RANGE 0 13 2)
    list(SUBLIST lists ${at} 2 row)
    list(GET row 0 member)
    list(GET row 1 field)
    read_list("${entry}" "${place}" ${member} items)
    string(APPEND arrays "static const char *const ${field}_${index}[] = { ${items} };\n")
    string(APPEND fields "\t\t.${field} = ${field}_${index},\n")
  endforeach()
  read_headers("${entry}" items)
  string(APPEND arrays "static const char *const headers_${index}[] = { ${items} };\n")
  string(APPEND fields "\t\t.extra_headers = headers_${index},\n")
  read_object("${entry}" "${place}" test_body_extra text)
  if(NOT text STREQUAL "")
    string(APPEND fields "\t\t.test_body_extra = ${text},\n")
  endif()

  string(JSON path GET "${entry}" gateway_path)
  string(REGEX MATCH "^[^/]+" segment "${path}")
  string(LENGTH "${segment}" size)
  string(SUBSTRING "${path}" ${size} -1 path)
  quote("${segment}" segment)
  quote("${path}" path)
  string(APPEND fields "\t\t.segment = ${segment},\n\t\t.path = ${path},\n")
  string(JSON kind GET "${entry}" kind)
  if(kind STREQUAL "custom")
    string(APPEND fields "\t\t.custom = true,\n")
  elseif(NOT kind STREQUAL "builtin")
    message(FATAL_ERROR "${place}: \"kind\" is builtin or custom, not ${kind}")
  endif()
  # A word that enum provider_api lacks is an error of the C compiler.
  string(JSON api GET "${entry}" api)
  string(TOUPPER "${api}" api)
  string(APPEND fields "\t\t.api = API_${api},\n")
  set(${out_lists} "${arrays}" PARENT_SCOPE)
  set(${out_entry} "\t{\n${fields}\t},\n" PARENT_SCOPE)
endfunction()

file(READ "${INPUT}" document)
string(JSON count LENGTH "${document}")
math(EXPR last "${count} - 1")
set(all_lists "")
set(all_entries "")
foreach(index RANGE ${last})
  string(JSON entry GET "${document}" ${index})
  write_entry("${entry}" ${index} entry_lists entry_fields)
  string(APPEND all_lists "${entry_lists}")
  string(APPEND all_entries "${entry_fields}")
endforeach()
file(WRITE "${OUTPUT}" "/* Made of providers.json by the build. */
#include \"catalogue/catalogue_internal.h\"

${all_lists}
const struct provider catalogue_entries[] = {
${all_entries}};
const size_t catalogue_size = sizeof(catalogue_entries) / sizeof(*catalogue_entries);
")
