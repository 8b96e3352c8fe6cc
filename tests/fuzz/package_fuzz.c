/* SPDX-License-Identifier: MIT */
/*
 * Commands of package.json's scripts. What is understood has its file or its
 * program, and no text but the command's own; what is not has its fault.
 */
#include "fuzz.h"

#include "base/json.h"
#include "base/memory.h"
#include "package/command.h"

#include <string.h>

/* Each item is a string. */
static size_t count_bytes(const json_t *list)
{
	size_t bytes = 0;

	for (size_t i = 0; i < json_array_size(list); i++) {
		FUZZ_CHECK(json_is_string(json_array_get(list, i)));
		bytes += json_string_length(json_array_get(list, i));
	}
	return bytes;
}

static void check_launch(const struct command *command, size_t size)
{
	const char *script = json_text(command->launch, "script");
	/* A byte that is no UTF-8 becomes three. */
	size_t bytes = count_bytes(json_object_get(command->launch, "args")) +
		count_bytes(json_object_get(command->launch, "node_args"));

	FUZZ_CHECK(bytes <= 3 * size);
	FUZZ_CHECK((command->kind == COMMAND_FILE) == (script != NULL));
	if (command->kind != COMMAND_FILE)
		FUZZ_CHECK(command->word);
	if (command->kind == COMMAND_FAULT)
		FUZZ_CHECK(command->fault != START_UNDERSTOOD);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char *text = memory_copy(bytes, size);
	struct command command;

	command_parse(text, &command);
	check_launch(&command, size);
	command_release(&command);
	memory_free(text, size);
	return 0;
}
