/* SPDX-License-Identifier: MIT */
#include "import/import_internal.h"

#include "base/memory.h"
#include "base/text.h"
#include "catalogue/placeholder.h"

#include <stdlib.h>
#include <string.h>

struct found *import_find(struct import *import, const char *name)
{
	for (size_t i = 0; i < import->count; i++) {
		struct found *found = &import->variables[i];
		if (!found->taken && found->value[0] &&
			text_equal(found->name, name))
			return found;
	}
	return NULL;
}

void import_set(json_t *object, const char *member, const char *text)
{
	if (text)
		(void)json_object_set_new(object, member, json_string(text));
}

/* NULL where the variable can be taken over; else why not. */
static const char *why_not(const char *name, const char *value)
{
	if (!text_is_variable_name(name))
		return "its name is not a variable's everywhere";
	if (strchr(value, '\r'))
		return "its value has a carriage return (CR)";
	if (!text_is_utf8(value, strlen(value)))
		return "its value is not UTF-8";
	/* "none" may be what a plain variable has to say. */
	bool must_be_real = text_starts_with(name, "CF_AIG_") ||
		import_is_secret(name, value);
	if (must_be_real && value[0] && placeholder_is(value, strlen(value)))
		return "its value is a placeholder";
	return NULL;
}

static int compare_found(const void *a, const void *b)
{
	const struct found *first = a;
	const struct found *second = b;
	int order = strcmp(first->name, second->name);

	return order ? order : (first->line > second->line) * 2 - 1;
}

static int compare_lines(const void *a, const void *b)
{
	const struct found *first = a;
	const struct found *second = b;

	return (first->line > second->line) * 2 - 1;
}

/* The last line of each name, in the file's order. */
static void keep_last(struct import *import)
{
	struct found *all = import->variables;
	size_t kept = 0;

	if (import->count == 0)
		return;
	qsort(all, import->count, sizeof(*all), compare_found);
	for (size_t i = 0; i < import->count; i++) {
		bool last = i + 1 == import->count ||
			!text_equal(all[i].name, all[i + 1].name);
		if (last)
			all[kept++] = all[i];
	}
	import->count = kept;
	qsort(all, kept, sizeof(*all), compare_lines);
}

/* What cannot be taken over is told and left out. */
static void leave_out(struct import *import)
{
	size_t kept = 0;

	for (size_t i = 0; i < import->count; i++) {
		struct found *found = &import->variables[i];
		const char *why = why_not(found->name, found->value);
		if (why)
			import_tell(import->out, IMPORT_LEFT, found->name, "%s",
				why);
		else
			import->variables[kept++] = *found;
	}
	import->count = kept;
}

static void collect(struct import *import, const struct envfile *document)
{
	import->count = envfile_count(document);
	import->variables =
		memory_array(import->count, sizeof(*import->variables));
	for (size_t i = 0; i < import->count; i++) {
		struct envfile_entry entry;
		envfile_entry(document, i, &entry);
		import->variables[i] = (struct found){
			.name = entry.name,
			.value = entry.value,
			.line = entry.line,
		};
	}
	keep_last(import);
	leave_out(import);
}

static void take_token(struct import *import)
{
	struct found *token = import_find(import, TOKEN);

	if (!token) {
		import_tell(import->out, IMPORT_MISSING, "secrets." TOKEN,
			"the gateway's token");
		return;
	}
	import_set(import->secrets, TOKEN, token->value);
	token->taken = true;
	import_tell(import->out, IMPORT_TOOK, TOKEN,
		"the gateway's token, a secret");
}

/* Whether a reader with expansion would put another variable's value in. */
static bool refers_to_others(const char *value)
{
	const char *dollar = strchr(value, '$');

	for (; dollar; dollar = strchr(dollar + 1, '$')) {
		if (dollar[1] == '{' || dollar[1] == '_' || dollar[1] == '(' ||
			text_is_letter(dollar[1]))
			return true;
	}
	return false;
}

static void take_the_rest(struct import *import)
{
	for (size_t i = 0; i < import->count; i++) {
		struct found *found = &import->variables[i];
		bool secret = import_is_secret(found->name, found->value);
		if (found->taken)
			continue;
		if (text_starts_with(found->name, "CF_AIG_")) {
			import_tell(import->out, IMPORT_LEFT, found->name,
				"names like this are aigenv's own");
		} else if (refers_to_others(found->value)) {
			import_tell(import->out, IMPORT_LEFT, found->name,
				"it has a $ in it that some readers expand");
		} else if (secret && !found->value[0]) {
			import_tell(import->out, IMPORT_LEFT, found->name,
				"a secret without a value");
		} else {
			import_set(secret ? import->secrets : import->vars,
				found->name, found->value);
			import_tell(import->out, IMPORT_TOOK, found->name, "%s",
				secret ? "a secret" : "a plain variable");
		}
	}
}

void import_env(const struct envfile *document,
	const struct catalogue *catalogue, struct imported *imported)
{
	struct import import = { .catalogue = catalogue, .out = imported };

	*imported = (struct imported){ .answers = json_object() };
	import.secrets = json_object();
	import.vars = json_object();
	collect(&import, document);
	import_routes(&import);
	take_token(&import);
	take_the_rest(&import);
	(void)json_object_set_new(imported->answers, "vars", import.vars);
	(void)json_object_set_new(imported->answers, "secrets", import.secrets);
	free(import.gateway);
	free(import.variables);
}
