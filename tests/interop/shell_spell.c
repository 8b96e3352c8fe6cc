/* SPDX-License-Identifier: MIT */
/*
 * Writes words with the real code, for shells.py to have them read.
 *
 * stdin:  words, each ended by NUL
 * stdout: the same, each as a shell word after a blank; with "expanding" as
 *         argument each with the value of $VALUE behind it
 */
#include "base/shell.h"

#include <stdio.h>
#include <string.h>

#define INPUT_LIMIT (4u << 20)

int main(int argc, char **argv)
{
	bool expanding = argc > 1 && strcmp(argv[1], "expanding") == 0;
	struct buf input = BUF(INPUT_LIMIT);
	struct buf out = BUF(4 * INPUT_LIMIT);
	int byte;

	while ((byte = getchar()) != EOF)
		buf_byte(&input, (char)byte);
	for (size_t at = 0; at < input.size;) {
		const char *word = input.data + at;
		buf_byte(&out, ' ');
		if (expanding)
			shell_word_with(word, "VALUE", &out);
		else
			shell_word(word, &out);
		at += strlen(word) + 1;
	}
	fwrite(buf_cstring(&out), 1, out.size, stdout);
	bool failed = buf_failed(&out) || buf_failed(&input);
	buf_release(&input);
	buf_release(&out);
	return failed;
}
