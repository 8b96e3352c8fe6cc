/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/memory.h"
#include "lexer/lexer.h"

#include <stdlib.h>
#include <string.h>

static const unsigned char sign_of[] = {
	[LEXEME_NAME] = SIGN_CODE,
	[LEXEME_SIGN] = SIGN_CODE,
	[LEXEME_TEXT] = SIGN_STRING,
	[LEXEME_EXPRESSION] = SIGN_STRING,
	[LEXEME_COMMENT] = SIGN_COMMENT,
};

void source_lex(struct source *source)
{
	const struct lexicon *lexicon = lexicon_of(source->language);
	struct lexer lexer;
	struct lexeme found;

	source->signs = memory_new(source->size + 1);
	if (!lexicon)
		return;
	lexer_init(&lexer, lexicon, source_from(source, 0));
	lexer.plain = true;
	while (lexer_next(&lexer, &found)) {
		memset(source->signs + found.at, sign_of[found.kind],
			found.size);
		/* But for its quotes. */
		if (found.kind == LEXEME_TEXT && lexicon->as_code &&
			strchr(lexicon->as_code, source->text[found.at]))
			memset(source->signs + (found.inside.at - source->text),
				SIGN_CODE, found.inside.size);
	}
}

void source_release(struct source *source)
{
	free(source->envs);
	free(source->signs);
	source->envs = NULL;
	source->signs = NULL;
}

struct place source_place(struct source *source, size_t at)
{
	struct place place = source->place;

	if (place.line == 0 || place.at > at)
		place = (struct place){ 0, 1, 1 };
	while (place.at < at) {
		size_t end = source_line_end(source, place.at);
		bool ends = end < at;
		size_t next = ends ? end + 1 : at;

		place.line += ends;
		place.column = ends ? 1 : place.column + next - place.at;
		place.at = next;
	}
	source->place = place;
	return place;
}
