/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"

/*
 * A worker of Cloudflare is handed its variables as members of `env`, and its
 * bindings beside them: databases, stores, queues. These are objects, and what
 * the types of the code call so is no variable.
 */

/* Of the package @cloudflare/workers-types, as a member's type begins. */
static const char *const types[] = { "KVNamespace", "D1Database", "R2Bucket",
	"DurableObjectNamespace", "Fetcher", "Queue", "Ai", "Vectorize",
	"Hyperdrive", "AnalyticsEngineDataset", "RateLimit", "Workflow",
	"SendEmail", "Service<", "ImagesBinding", "DispatchNamespace",
	"SecretsStoreSecret" };

/* What strings have: all else is called on a binding. */
static const char *const of_strings[] = { "length", "split", "trim", "replace",
	"toLowerCase", "toUpperCase", "toString", "startsWith", "endsWith",
	"includes", "slice", "substring", "match", "indexOf", "padStart",
	"padEnd", "concat", "at", "charAt", "normalize" };

bool source_is_binding(const struct source *source, size_t end)
{
	size_t at = source_skip_space(source, end);

	at += source_byte(source, at) == '!' || source_byte(source, at) == '?';
	if (source_byte(source, at) != '.')
		return false;
	at = source_skip_space(source, at + 1);
	if (!text_is_lower(source_byte(source, at)))
		return false;
	return !source_has_any_at(
		source, at, of_strings, ARRAY_SIZE(of_strings));
}

/* How far the "{" may be from the name. */
#define OPEN_NEAR 80

/* NAME: type, NAME?: type */
static void take_member(const struct reader *reader, size_t type)
{
	const struct source *source = reader->source;
	struct read read = { .given = true };
	size_t end = source_skip_space_back(source, type);

	if (source_before(source, end) != ':')
		return;
	end = source_skip_space_back(source, end - 1);
	end -= source_before(source, end) == '?';
	read.at = source_word_start(source, end);
	if (source_take_name(source, &(size_t){ read.at }, read.name))
		reader->found(reader->context, &read);
}

/* The members up to the "}", of which the "{" stands near behind `at`; where
 * that ends. */
static size_t take_members(const struct reader *reader, size_t at)
{
	const struct source *source = reader->source;
	const struct slice rest = source_from(source, at);
	const size_t open = slice_find(slice_first(rest, OPEN_NEAR), '{');
	size_t end = at + open;

	if (source_byte(source, end) != '{')
		return at;
	for (end++; end < source->size && source->text[end] != '}'; end++) {
		size_t type = source_skip_space(source, end + 1);

		if (source->text[end] == ':' && source_is_code(source, end) &&
			source_has_any_at(
				source, type, types, ARRAY_SIZE(types)))
			take_member(reader, type);
	}
	return end;
}

/* interface Env {, type Bindings = { */
void find_bindings(const struct reader *reader)
{
	const struct source *source = reader->source;
	const struct slice other = slice_of("Bindings");
	size_t from = 0;

	for (size_t i = 0; i < source->env_count; i++)
		if (source->envs[i] >= from &&
			slice_begins(
				source_from(source, source->envs[i]), "Env"))
			from = take_members(reader, source->envs[i]);
	for (size_t at = 0; source_find(source, other, SIGN_CODE, &at);)
		at = take_members(reader, at + other.size);
}
