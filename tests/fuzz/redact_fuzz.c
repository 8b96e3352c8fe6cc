/* SPDX-License-Identifier: MIT */
/*
 * Any text with a secret planted in it, written in up to three ways one upon
 * the other: ten characters of it in a row never come out, in the spelling in
 * which they went in. The first bytes choose secret, ways and place.
 */
#include "fuzz.h"

#include "../unit/redact/spelled.h"
#include "base/attributes.h"
#include "base/memory.h"
#include "base/text.h"
#include "redact/redact.h"

#include <string.h>

#define CHOICES 8
#define TEXT_MOST 512
#define WAYS_MOST 3

static const char *const secrets[] = {
	"sk-Zq7planted9secret31kx0Wm5Tb",
	"cfut_Zq7plantedToken9secret31kxJh2",
	"Zq7/plan+ted==9s/ecr+et31kx&Tb~",
	"zq7planted9sec",
	"Zq7plant9",
	"q7pl8x",
	"postgres://ann:Zq7pl%40nted@db.example:5432/app?x=1&y=2",
	"\xe5\xaf\x86\xe7\xa0\x81-Zq7planted9secret31kx",
};

/* libFuzzer finds out what is planted, and writes half of it by itself. */
static bool has_own(const char *text, size_t size)
{
	static const char *const parts[] = { "q7p", "lant", "ecre", "t31k" };

	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		for (size_t at = 0; at + 4 <= size; at++)
			if (text_lower(text[at]) == parts[i][0] &&
				memcmp(text + at + 1, parts[i] + 1, 2) == 0)
				return true;
	return false;
}

static void check_planted(const char *secret, const struct spelled *spelled,
	const char *text, size_t size, size_t place)
{
	struct redactor *redactor = redactor_new();
	struct buf planted = BUF((size_t)1 << 20);
	struct buf out = BUF((size_t)1 << 22);
	char line[512];

	redactor_add_text(redactor, secret, strlen(secret));
	buf_append(&planted, text, place);
	/* What stands right before an escape may be one's beginning. */
	buf_text(&planted, " \"");
	buf_append(&planted, spelled->text.data, spelled->text.size);
	buf_text(&planted, "\" ");
	buf_append(&planted, text + place, size - place);
	redact(redactor, buf_cstring(&planted), planted.size, &out);
	FUZZ_CHECK(!buf_failed(&out));
	FUZZ_CHECK(!spelled_shows(spelled, buf_cstring(&out), out.size));
	redact_line(redactor, buf_cstring(&planted), planted.size, line,
		sizeof(line));
	FUZZ_CHECK(text_is_utf8(line, strlen(line)));
	FUZZ_CHECK(!spelled_shows(spelled, line, strlen(line)));
	buf_release(&planted);
	buf_release(&out);
	redactor_free(redactor);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const char *text = (const char *)bytes + CHOICES;
	struct spelled spelled;
	const char *secret;

	if (size < CHOICES || size > TEXT_MOST || has_own(text, size - CHOICES))
		return 0;
	secret = secrets[bytes[0] % ARRAY_SIZE(secrets)];
	spelled_init(&spelled, secret);
	for (size_t i = 0; i < WAYS_MOST; i++) {
		size_t way = bytes[1 + i] % (spelling_count() + 4);

		if (way < spelling_count())
			(void)spelled_apply(&spelled, way, bytes[4 + i]);
	}
	size -= CHOICES;
	check_planted(secret, &spelled, text, size,
		size > 0 ? bytes[7] * size / 256 : 0);
	buf_release(&spelled.text);
	return 0;
}
