/* SPDX-License-Identifier: MIT */
#include "import/import_internal.h"

#include "base/memory.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define NOTE_LIMIT 512

void import_tell(struct imported *imported, enum import_note_kind kind,
	const char *name, const char *format, ...)
{
	char text[NOTE_LIMIT];
	va_list values;

	va_start(values, format);
	(void)vsnprintf(text, sizeof(text), format, values);
	va_end(values);
	MEMORY_PUSH(imported->notes, imported->note_count,
		(struct import_note){
			.kind = kind,
			.name = memory_text(name),
			.text = memory_text(text),
		});
}

void import_untell(struct imported *imported, const char *name)
{
	size_t kept = 0;

	for (size_t i = 0; i < imported->note_count; i++) {
		struct import_note *note = &imported->notes[i];
		if (!text_equal(note->name, name)) {
			imported->notes[kept++] = *note;
			continue;
		}
		free(note->name);
		free(note->text);
	}
	imported->note_count = kept;
}

void imported_release(struct imported *imported)
{
	for (size_t i = 0; i < imported->note_count; i++) {
		free(imported->notes[i].name);
		free(imported->notes[i].text);
	}
	free(imported->notes);
	json_decref(imported->answers);
	json_decref(imported->defaults);
	json_decref(imported->optional);
	given_secrets_release(&imported->secrets);
	*imported = (struct imported){ .answers = NULL };
}
