/* SPDX-License-Identifier: MIT */
#include "paste/paste.h"

#include "../../support/corpus.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const forms[] = { "nothing", "address", "curl", "code",
	"env", "value" };

/* "label: text" lines. */
static void join_notes(const struct paste *paste, struct buf *out)
{
	for (size_t i = 0; i < paste->note_count; i++)
		buf_printf(out, "%s: %s\n", paste->notes[i].label,
			paste->notes[i].text);
}

static const char *found(const struct paste *paste, const char *member)
{
	const struct {
		const char *member;
		const char *value;
	} parts[] = {
		{ "form", forms[paste->form] },
		{ "origin", paste->origin },
		{ "custom_domain", paste->custom_domain },
		{ "account_id", paste->account_id },
		{ "gateway", paste->gateway },
		{ "provider", paste->provider },
		{ "path", paste->path },
		{ "model", paste->model },
		{ "key_env", paste->key_env },
		{ "direct_url", paste->direct_url },
		{ "token",
			paste->token.size ? secret_reveal(&paste->token)
					  : NULL },
		{ "key", paste->key.size ? secret_reveal(&paste->key) : NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
		if (text_equal(parts[i].member, member))
			return parts[i].value;
	}
	cr_assert(false, "%s is no part of a paste", member);
	return NULL;
}

static void compare(
	const char *name, const struct paste *paste, const json_t *expected)
{
	static const char *const members[] = { "form", "origin",
		"custom_domain", "account_id", "gateway", "provider", "path",
		"model", "key_env", "direct_url", "token", "key" };
	SCOPED(buf) struct buf notes = BUF(100000);
	size_t index = 0;
	json_t *word = NULL;

	join_notes(paste, &notes);
	for (size_t i = 0; i < ARRAY_SIZE(members); i++) {
		const char *want = json_text(expected, members[i]);
		const char *got = found(paste, members[i]);
		cr_expect(text_equal_or_null(want, got),
			"%s: %s is %s, not %s\n%s", name, members[i],
			got ? got : "absent", want ? want : "absent",
			buf_cstring(&notes));
	}
	json_array_foreach(json_object_get(expected, "notes"), index, word)
		cr_expect(strstr(buf_cstring(&notes), json_string_value(word)),
			"%s: no note says \"%s\"\n%s", name,
			json_string_value(word), buf_cstring(&notes));
	if (paste->token.size > 0)
		cr_expect_null(strstr(buf_cstring(&notes),
				       secret_reveal(&paste->token)),
			"%s: a note shows the token", name);
	if (paste->key.size > 0)
		cr_expect_null(
			strstr(buf_cstring(&notes), secret_reveal(&paste->key)),
			"%s: a note shows the key", name);
}

/* Further providers, where the record says anything of them. */
static void compare_others(
	const char *name, const struct paste *paste, const json_t *expected)
{
	static const char *const members[] = { "provider", "path", "model",
		"key_env", "key" };
	const json_t *others = json_object_get(expected, "others");

	if (!others)
		return;
	cr_assert_eq(paste->other_count, json_array_size(others),
		"%s: %zu others", name, paste->other_count);
	for (size_t i = 0; i < paste->other_count; i++) {
		const json_t *other = json_array_get(others, i);
		for (size_t j = 0; j < ARRAY_SIZE(members); j++) {
			const char *want = json_text(other, members[j]);
			const char *got = found(&paste->others[i], members[j]);
			cr_expect(text_equal_or_null(want, got),
				"%s: others[%zu]: %s is %s, not %s", name, i,
				members[j], got ? got : "absent",
				want ? want : "absent");
		}
		cr_expect_eq(paste->others[i].token.size, 0);
	}
}

static void try_one(const char *name, const struct buf *text, json_t *expected)
{
	SCOPED(paste) struct paste paste = { 0 };
	struct error err = { 0 };

	cr_assert(paste_read(buf_cstring(text), text->size, &paste, &err),
		"%s: %s", name, err.what);
	compare(name, &paste, expected);
	compare_others(name, &paste, expected);
}

Test(paste, every_shape_of_the_corpus_is_taken_apart)
{
	cr_assert_geq(corpus_walk("pastes", try_one), 60);
}

Test(paste, too_much_or_binary_is_refused)
{
	char *text = memory_new(PASTE_LIMIT + 2);
	struct paste paste = { 0 };
	struct error err = { 0 };

	memset(text, 'a', PASTE_LIMIT + 1);
	cr_assert_not(paste_read(text, PASTE_LIMIT + 1, &paste, &err));
	cr_assert(*err.next);
	cr_assert_not(paste_read("a\0b", 3, &paste, &err));
	memory_free(text, PASTE_LIMIT + 2);
}

Test(paste, every_beginning_of_a_command_is_survived)
{
	static const char text[] =
		"curl -sSH 'cf-aig-authorization: Bearer cfut_abc' \\\n -d "
		"$'{\"model\": \"a\\x41\"}' "
		"\"https://gateway.ai.cloudflare.com/"
		"v1/<a b>/${X:-y}/openai\" <z> `f\"{x}\"` os.environ[\"A\"]";
	struct error err = { 0 };

	for (size_t size = 0; size < sizeof(text); size++) {
		SCOPED(paste) struct paste paste = { 0 };
		/* Exactly as long, so that a sanitizer sees reading beyond. */
		char *copy = malloc(size ? size : 1);
		cr_assert(copy);
		memcpy(copy, text, size);
		cr_assert(paste_read(copy,
			size == sizeof(text) ? size - 1 : size, &paste, &err));
		free(copy);
	}
}

static void read_what_never_closes(size_t size)
{
	static const char *const units[] = { "Sprintf(\"https://%s\",",
		"f(a=", "format(\"{}\",", "\"https://a\"+", "\"https://a\"+f(",
		"f(process.env.OPENAI_API_KEY,", "a::", "${", "\"#{" };
	struct error err = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(units); i++) {
		SCOPED(buf) struct buf text = BUF(PASTE_LIMIT);
		SCOPED(paste) struct paste paste = { 0 };
		while (text.size + strlen(units[i]) < size)
			buf_text(&text, units[i]);
		cr_assert(paste_read(
			buf_cstring(&text), text.size, &paste, &err));
	}
}

/* Each is read at every name of it: none goes through the rest again. */
Test(paste, what_never_closes_comes_to_an_end)
{
	read_what_never_closes(20000);
}

Test(paste, what_does_not_close_is_read)
{
	read_what_never_closes(1000);
}

Test(paste, a_line_with_a_key_in_it_is_known)
{
	static const char *const secret[] = { "cfut_0123456789abcdef",
		"curl https://x.example -H 'authorization: x'",
		"OPENAI_API_KEY=abc", "https://x.example/?key=abc",
		"model gpt-5 with sk-proj-0123456789", "x: Bearer abc",
		"aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7d" };
	static const char page[] =
		"https://dash.cloudflare.com/0123456789abcdef0123456789abcdef/"
		"ai/ai-gateway/gateways/my-gateway";
	static const char *const plain[] = { "", "my-gateway", "gpt-5-mini",
		"sk-learn", "0123456789abcdef0123456789abcdef", page };

	for (size_t i = 0; i < ARRAY_SIZE(secret); i++)
		cr_assert(paste_has_secret(secret[i], strlen(secret[i])), "%s",
			secret[i]);
	for (size_t i = 0; i < ARRAY_SIZE(plain); i++)
		cr_assert(!paste_has_secret(plain[i], strlen(plain[i])), "%s",
			plain[i]);
}

Test(paste, a_key_alone_is_known_and_a_name_is_none)
{
	static const char *const keys[] = { "cfut_0123456789abcdefghij",
		"sk-proj-0123456789abcdef",
		"aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7d" };
	static const char *const names[] = { "my-gateway", "xai-production",
		"sk-learn", "gpt-5-mini", "0123456789abcdef0123456789abcdef",
		"CF_AIG_TOKEN=cfut_0123456789abcdefghij",
		"https://x.example/sk-proj-0123456789abcdef" };

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		cr_assert(
			paste_is_key(keys[i], strlen(keys[i])), "%s", keys[i]);
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		cr_assert(!paste_is_key(names[i], strlen(names[i])), "%s",
			names[i]);
}

Test(paste, plain_answers_do_not_look_like_one)
{
	cr_assert(paste_looks_like_one("https://example.com"));
	cr_assert(paste_looks_like_one("curl -s x"));
	cr_assert(paste_looks_like_one("A=b"));
	cr_assert_not(paste_looks_like_one("my-gateway"));
	cr_assert_not(paste_looks_like_one("0123456789abcdef"));
	cr_assert_not(paste_looks_like_one(""));
}
