/* SPDX-License-Identifier: MIT */
#include "base/key_block.h"

#include "base/text.h"

static bool is_base64(struct slice line)
{
	size_t at = 0;
	size_t pads = 0;

	while (at < line.size &&
		((text_is_name_byte(line.at[at]) && line.at[at] != '_') ||
			line.at[at] == '+' || line.at[at] == '/'))
		at++;
	while (at < line.size && line.at[at] == '=') {
		at++;
		pads++;
	}
	return at == line.size && pads <= 2;
}

/* "Proc-Type: 4,ENCRYPTED" */
static bool is_header(struct slice line)
{
	return slice_contains(line, ": ") && !slice_contains(line, "=") &&
		!slice_contains(line, "-----");
}

bool key_block_has(struct slice line)
{
	struct slice text = slice_trimmed(line);

	return is_base64(text) || is_header(text);
}
