/* SPDX-License-Identifier: MIT */
#include "commands/receipts.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/slice.h"
#include "os/file.h"

#define INPUT_LIMIT ((size_t)1 << 20)
/* A profile has 64 recipients; more than a few of each are no use. */
#define COUNT_LIMIT 512

/* Where the next document begins, or the end. */
static size_t find_next(const char *bytes, size_t size, size_t at)
{
	for (; at + 1 < size; at++)
		if (bytes[at] == '\n' && bytes[at + 1] == '{')
			return at + 1;
	return size;
}

/* FILE where it is all of it, else FILE:LINE. Owned. */
static char *name_place(
	const char *name, const struct buf *text, size_t at, size_t end)
{
	if (at == 0 && end == text->size)
		return memory_text(name);
	return memory_printf("%s:%zu", name,
		slice_count((struct slice){ text->data, at }, '\n') + 1);
}

static void take(const char *name, const struct buf *text, size_t at,
	size_t end, json_t *receipts)
{
	OWNED char *from = name_place(name, text, at, end);
	json_t *document = json_parse_foreign(text->data + at, end - at);

	json_push(receipts,
		json_build("{from:%s, document:%o}", from,
			document ? document : json_null()));
}

bool receipts_read(const char *file, json_t *receipts, struct error *err)
{
	SCOPED(buf) struct buf text = BUF(INPUT_LIMIT);
	const char *name = NULL;

	if (!file_read_argument(file, &name, &text, err))
		return false;
	/* A machine that could not be asked has said nothing. */
	if (slice_is_blank((struct slice){ text.data, text.size }))
		json_push(
			receipts, json_build("{from:%s, document:null}", name));
	for (size_t at = 0; at < text.size;) {
		size_t end = find_next(text.data, text.size, at);
		if (!slice_is_blank((struct slice){ text.data + at, end - at }))
			take(name, &text, at, end, receipts);
		at = end;
	}
	if (json_array_size(receipts) <= COUNT_LIMIT)
		return true;
	error_set(err, STATUS_INVALID, _("there are more than %d receipts"),
		COUNT_LIMIT);
	error_at(err, "%s", name);
	return error_next(err, _("give one for each machine"));
}
