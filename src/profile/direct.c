/* SPDX-License-Identifier: MIT */
#include "profile/direct_internal.h"

#include "base/buf.h"
#include "base/slice.h"
#include "base/text.h"

#include <string.h>

#define PATH_LIMIT 2048
#define NAMES_LIMIT 4

/* What the {names} of a pattern stand for in the address. */
struct names {
	struct slice name[NAMES_LIMIT];
	struct slice value[NAMES_LIMIT];
	size_t count;
};

/* Two forms of one thing that are walked along together. */
struct walk {
	struct slice pattern;
	struct slice text;
};

static void keep(struct names *names, struct slice name, struct slice value)
{
	if (names->count == NAMES_LIMIT)
		return;
	names->name[names->count] = name;
	names->value[names->count++] = value;
}

/* {name} at the pattern's front: as many bytes of the text as a name has. */
static bool pass_name(struct walk *walk, struct names *names)
{
	size_t close = slice_find(walk->pattern, '}');
	size_t size = 0;

	while (size < walk->text.size &&
		(text_is_alphanumeric(walk->text.at[size]) ||
			strchr("-_", walk->text.at[size])))
		size++;
	if (size == 0)
		return false;
	keep(names, slice_from(slice_first(walk->pattern, close), 1),
		slice_first(walk->text, size));
	walk->pattern = slice_from(walk->pattern, close + 1);
	walk->text = slice_from(walk->text, size);
	return true;
}

/* Walks on as far as both are the same. */
static void pass_same(struct walk *walk, struct names *names)
{
	while (walk->pattern.size > 0 && walk->text.size > 0) {
		if (*walk->pattern.at == '{') {
			/* "{region}-aiplatform": a name takes hyphens, too. */
			if (!pass_name(walk, names))
				return;
		} else if (*walk->pattern.at == *walk->text.at) {
			walk->pattern = slice_from(walk->pattern, 1);
			walk->text = slice_from(walk->text, 1);
		} else {
			return;
		}
	}
}

/*
 * A host with a {name} in it: what stands before and behind must be there.
 */
static bool is_host(
	struct slice pattern, struct slice host, struct names *names)
{
	size_t open = slice_find(pattern, '{');
	size_t close = slice_find(pattern, '}');
	struct slice before = slice_first(pattern, open);
	struct slice behind = slice_from(pattern, close + 1);

	if (open == pattern.size)
		return slice_equal(pattern, host);
	if (host.size <= before.size + behind.size ||
		memcmp(host.at, before.at, before.size) != 0 ||
		memcmp(host.at + host.size - behind.size, behind.at,
			behind.size) != 0)
		return false;
	struct slice value = { host.at + before.size,
		host.size - before.size - behind.size };
	if (slice_find(value, '.') < value.size)
		return false;
	keep(names, slice_from(slice_first(pattern, close), open + 1), value);
	return true;
}

/* A step like v1 or v1beta, or a word that APIs have in their paths: what the
 * catalogue lacks may still be the provider's API, and no page of its own. */
static bool is_api_path(struct slice path)
{
	while (path.size > 0) {
		path = slice_from(path, 1);
		struct slice step = slice_first(path, slice_find(path, '/'));
		if (step.size > 1 && *step.at == 'v' &&
			text_is_digit(step.at[1]))
			return true;
		if (slice_fits_any(step, slice_is,
			    WORDS("api", "openai", "anthropic", "chat",
				    "compatible-mode")))
			return true;
		path = slice_from(path, step.size);
	}
	return false;
}

/* Whether `base` is the address's own API; *size is how much of its path. */
static bool matches(const char *base, const struct url *url,
	struct names *names, size_t *size)
{
	struct slice rest = slice_of(base);
	struct walk walk = { .text = slice_of(url->path) };

	if (!slice_begins(rest, "https://"))
		return false;
	rest = slice_from(rest, strlen("https://"));
	size_t host = slice_find(rest, '/');
	*names = (struct names){ 0 };
	if (!is_host(slice_first(rest, host), slice_of(url->host), names))
		return false;
	walk.pattern = slice_from(rest, host);
	pass_same(&walk, names);
	*size = (size_t)(walk.text.at - url->path);
	/* Only whole steps of the path count: /v1beta does not begin with /v1.
	 */
	bool whole = (walk.text.size == 0 || *walk.text.at == '/') &&
		(walk.pattern.size == 0 || *walk.pattern.at == '/');
	while (!whole && *size > 0 && url->path[*size - 1] != '/')
		(*size)--;
	if (!whole && *size > 0)
		(*size)--;
	struct slice left = slice_from(slice_of(url->path), *size);
	return walk.pattern.size == 0 || left.size <= 1 ||
		is_api_path(slice_of(url->path));
}

/* Appends the path with what is known of its {names}. */
static char *fill(const char *path, const struct names *names)
{
	struct slice rest = slice_of(path);
	struct buf out = BUF(PATH_LIMIT);

	while (rest.size > 0) {
		size_t open = slice_find(rest, '{');
		size_t close = slice_find(rest, '}');
		struct slice value =
			slice_from(slice_first(rest, close + 1), open);
		struct slice name =
			slice_from(slice_first(rest, close), open + 1);
		buf_append(&out, rest.at, open);
		for (size_t i = 0; i < names->count; i++)
			if (slice_equal(names->name[i], name))
				value = names->value[i];
		buf_append(&out, value.at, value.size);
		rest = slice_from(rest, close + 1);
	}
	return buf_take(&out, NULL);
}

bool direct_find(const struct url *url, struct direct_match *match)
{
	struct names best = { 0 };

	*match = (struct direct_match){ 0 };
	for (size_t i = 0; i < catalogue_count(); i++) {
		const struct provider *entry = catalogue_at(i);
		const char *base = entry->direct_base_url;
		for (size_t j = 0; base;
			base = entry->direct_alternatives[j++]) {
			struct names names;
			size_t size = 0;
			if (!matches(base, url, &names, &size) ||
				(match->entry && size <= match->size))
				continue;
			match->entry = entry;
			match->size = size;
			best = names;
		}
	}
	if (match->entry)
		match->path = fill(match->entry->path, &best);
	return match->entry != NULL;
}
