/* SPDX-License-Identifier: MIT */
/* JSON that a stranger sent. */
#include "base/json.h"
#include "base/plain_json.h"

/*
 * The values in it, or a few more: each but the first of its list stands behind
 * a comma, the first behind a bracket. In what is no JSON it counts something.
 */
static size_t count_values(const char *bytes, size_t size)
{
	size_t values = 1;
	bool quoted = false;

	for (size_t i = 0; i < size; i++) {
		if (quoted && bytes[i] == '\\')
			i++;
		else if (bytes[i] == '"')
			quoted = !quoted;
		else if (!quoted)
			values += bytes[i] == ',' || bytes[i] == '[' ||
				bytes[i] == '{';
	}
	return values;
}

/* Answers are less deep. */
#define PLAIN_DEPTH 16

json_t *json_parse_limited(const char *bytes, size_t size, size_t values)
{
	if (count_values(bytes, size) > values)
		return NULL;
	json_t *plain = plain_json_whole(bytes, size, PLAIN_DEPTH);
	return plain ? plain : json_loadb(bytes, size, JSON_DECODE_ANY, NULL);
}

json_t *json_parse_foreign(const char *bytes, size_t size)
{
	return json_parse_limited(bytes, size, JSON_FOREIGN_VALUES);
}
