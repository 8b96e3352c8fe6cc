cmake_minimum_required(VERSION 3.22)

# The way of a secret: struct secret from where it comes in to where it goes
# out. Its bytes are reached by four functions alone. Every file that calls one
# is named here with the number of its calls: a new one is looked at first (is
# the value kept, copied, printed, put into an error?) and then written down.
set(functions "(secret_reveal|secret_bytes|secret_room|variable_reveal)")
set(allowed
  # The type itself.
  os/secret.c=4
  os/secret.h=3
  profile/variables.c=3
  profile/variables.h=1
  # Comes in: the prompt, and what was typed into it that is no secret.
  os/terminal_line.c=1
  ui/choice.c=1
  ui/prompt.c=5
  wizard/provider_choice.c=2
  wizard/script_question.c=1
  wizard/secret_question.c=5
  wizard/take_paste.c=1
  wizard/text_question.c=1
  wizard/tidy.c=5
  wizard/variable_question.c=1
  # Waits among answers, which have its number.
  profile/given_secrets.c=1
  # Is looked at: whether it has the form of what it is to be.
  diagnosis/facts.c=4
  profile/schema.c=2
  profile/secret_checks.c=3
  session/secret_check.c=1
  # Is looked for in files, and without slashes at its ends in paths.
  commands/check/mask.c=1
  search/needles.c=3
  # The vault: into a slot, out of it.
  commands/api_token.c=2
  vault/secrets.c=1
  vault/values.c=6
  # Goes out: files, headers, a child's environment, on demand; masks.
  apply/render_env.c=2
  commands/secret.c=2
  http/message.c=1
  redact/exact.c=2
  redact/redactor.c=1
  session/environment.c=3
  template/value.c=1
  # Keys: identity, data key, passphrase.
  age/age.c=1
  age/identity.c=2
  age/ssh.c=4
  age/stream.c=1
  age/wrap.c=1
  commands/age.c=2
  vault/add.c=1
  vault/identity.c=5
  vault/seal.c=7
  vault/share.c=1)

set(found "")
file(GLOB_RECURSE files RELATIVE "${SOURCE}" "${SOURCE}/*.c" "${SOURCE}/*.h")
foreach(file IN LISTS files)
  file(READ "${SOURCE}/${file}" text)
  string(REGEX MATCHALL "${functions}\\(" calls "${text}")
  list(LENGTH calls count)
  if(count GREATER 0)
    list(APPEND found "${file}=${count}")
  endif()
  # Past the functions: the member of the type.
  if(text MATCHES "(->|\\.)guarded" AND NOT file STREQUAL "os/secret.c")
    message(SEND_ERROR "${file} reaches into struct secret")
  endif()
endforeach()

# JSON is no station: jansson's memory is neither locked nor guarded. Where
# somebody asks for JSON, `secret reveal --json` answers in it.
set(json_of_secret "json_[a-z_]+\\([^;]*${functions}\\(")
foreach(file IN LISTS files)
  file(READ "${SOURCE}/${file}" text)
  if(text MATCHES "${json_of_secret}" AND NOT file STREQUAL "commands/secret.c")
    message(SEND_ERROR "${file} puts a secret into JSON")
  endif()
endforeach()

foreach(entry IN LISTS found)
  if(NOT entry IN_LIST allowed)
    message(SEND_ERROR "${entry} is not in tests/secret_reveal.cmake")
  endif()
endforeach()
foreach(entry IN LISTS allowed)
  if(NOT entry IN_LIST found)
    message(SEND_ERROR "${entry} is in tests/secret_reveal.cmake, and not in the source")
  endif()
endforeach()
