cmake_minimum_required(VERSION 3.22)

# secret_reveal() is the one way to a secret's bytes. Every file that calls it
# is named here with the number of its calls: a new one is looked at first (is
# the value kept, copied, printed, put into an error?) and then written down.
set(allowed
  age/wrap.c=1
  commands/age.c=2
  commands/conversation.c=1
  setup/answers.c=1
  commands/secret.c=2
  session/secret_check.c=1
  session/secret_names.c=1
  commands/verify.c=1
  os/secret.c=1
  os/secret.h=1
  ui/choice.c=1
  ui/prompt.c=3
  vault/identity.c=1
  vault/secrets.c=1
  wizard/draft.c=1
  wizard/ecosystem_question.c=1
  wizard/provider_choice.c=2
  wizard/secret_question.c=2
  wizard/take_paste.c=2
  wizard/text_question.c=1
  wizard/wizard.c=1)

file(GLOB_RECURSE files RELATIVE "${SOURCE}" "${SOURCE}/*.c" "${SOURCE}/*.h")
list(SORT files)
set(found "")
foreach(file IN LISTS files)
  file(READ "${SOURCE}/${file}" text)
  string(REGEX MATCHALL "secret_reveal\\(" calls "${text}")
  list(LENGTH calls count)
  if(count GREATER 0)
    list(APPEND found "${file}=${count}")
  endif()
endforeach()

foreach(entry IN LISTS found)
  if(NOT entry IN_LIST allowed)
    message(SEND_ERROR "secret_reveal: ${entry} is not in tests/secret_reveal.cmake")
  endif()
endforeach()
foreach(entry IN LISTS allowed)
  if(NOT entry IN_LIST found)
    message(SEND_ERROR "secret_reveal: ${entry} is in tests/secret_reveal.cmake, and not in the source")
  endif()
endforeach()
