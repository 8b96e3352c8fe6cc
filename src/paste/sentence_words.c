/* SPDX-License-Identifier: MIT */
/* What the words before a value say of it, besides its name. */
#include "paste/sentence_internal.h"

#include "base/attributes.h"

#include <string.h>

bool sentence_is_filler(struct slice word)
{
	return slice_fits_any(word, slice_is_ignoring_case,
		WORDS("the", "a", "an", "our", "my", "your", "their", "is",
			"are", "as", "be", "it", "its", "to", "with", "use",
			"uses", "using", "used", "set", "and", "this", "that",
			"here", "called", "named", "bearer"));
}

static bool is_naming(struct slice word)
{
	return slice_fits_any(word, slice_is_ignoring_case,
		       WORDS("called", "named")) ||
		slice_fits_any(word, slice_ends, WORDS("叫", "叫做", "名为"));
}

/* "we use DeepSeek", "via OpenAI" */
static bool is_choosing(struct slice word)
{
	return slice_fits_any(word, slice_is_ignoring_case,
		       WORDS("use", "uses", "using", "via", "through", "to",
			       "behind")) ||
		slice_fits_any(word, slice_ends, WORDS("用", "走", "接", "选"));
}

bool sentence_is_past(const struct sentence *sentence)
{
	static const char *const words[] = { "old", "previous", "former" };
	bool moved = false;

	for (size_t i = 0; i < sentence->count; i++) {
		struct slice word = sentence->words[i];
		if (slice_fits_any(word, slice_is_ignoring_case, words,
			    ARRAY_SIZE(words)) ||
			slice_fits_any(word, slice_contains,
				WORDS("旧", "原来", "之前")) ||
			(moved && slice_is_ignoring_case(word, "from")))
			return true;
		moved = slice_fits_any(word, slice_is_ignoring_case,
			WORDS("moved", "switched", "changed", "migrated"));
	}
	return false;
}

void sentence_add(struct sentence *sentence, struct slice word)
{
	if (slice_is_ignoring_case(word, "for") ||
		slice_is_ignoring_case(word, "of"))
		sentence->turned = sentence->count;
	else if (!sentence_is_filler(word)) {
		if (sentence->count == WORDS_LIMIT) {
			memmove(sentence->words, sentence->words + 1,
				(WORDS_LIMIT - 1) * sizeof(*sentence->words));
			sentence->count--;
			sentence->turned -= sentence->turned > 0;
		}
		sentence->words[sentence->count++] = word;
	}
	if (role_of(word) != ROLE_NONE)
		sentence->gateway = role_of(word) == ROLE_GATEWAY;
	sentence->marked = sentence->colon;
	sentence->called = is_naming(word);
	sentence->chosen = is_choosing(word);
}

void sentence_forget(struct sentence *sentence)
{
	sentence->count = 0;
	sentence->turned = 0;
	sentence->marked = false;
	sentence->called = false;
	sentence->chosen = false;
}
