/* SPDX-License-Identifier: MIT */
#include "redact/redact.h"

#include "base/attributes.h"
#include "base/clean.h"
#include "base/memory.h"
#include "os/secret.h"
#include "redact/index_internal.h"
#include "redact/view_internal.h"

#include <stdint.h>
#include <string.h>

/* Escapes inside escapes, as logs of logs have them. */
#define UNDO_MOST 6
/* Base64 of a text that has Base64 in it. */
#define DEPTH_MOST 2
/* So many signs of a stretch may be missing: where more are, its letters and
 * digits alone are too few to be told from words. */
#define SIGNS_MOST 2

struct redactor {
	struct index index;
	char (*masks)[SECRET_MASK_SIZE]; /* owned */
	size_t mask_count;
};

struct redactor *redactor_new(void)
{
	struct redactor *redactor =
		(struct redactor *)memory_new(sizeof(*redactor));

	index_init(&redactor->index);
	return redactor;
}

void redactor_free(struct redactor *redactor)
{
	if (!redactor)
		return;
	index_release(&redactor->index);
	memory_free(redactor->masks,
		redactor->mask_count * sizeof(*redactor->masks));
	memory_free(redactor, sizeof(*redactor));
}

/* The stretches of a short secret are one, of a longer one all that are
 * STRETCH_MOST characters long. */
static size_t stretch_size(size_t size)
{
	return size < STRETCH_MOST ? size : STRETCH_MOST;
}

static void add_tight(
	struct index *index, const struct view *tight, size_t mask)
{
	size_t size = stretch_size(tight->size);

	if (size < REDACT_LEAST)
		return;
	for (size_t at = 0; at + size <= tight->size; at++)
		index_add(index, tight->bytes + at, size);
	index_add_whole(index, tight->bytes, size, tight->size, mask);
}

/* The same stretches without punctuation. */
static void add_skeletons(
	struct index *index, const struct view *tight, size_t mask)
{
	size_t size = stretch_size(tight->size);
	struct view all;
	size_t first = 0;

	view_skeleton(tight, &all);
	/* all.origins lead to the places in the text that tight is of; they
	 * ascend, as those of tight do. */
	for (size_t at = 0; at + size <= tight->size; at++) {
		size_t end = first;

		while (end < all.size &&
			all.origins[end].start <
				tight->origins[at + size - 1].end)
			end++;
		if (end - first + SIGNS_MOST >= size &&
			end - first >= REDACT_LEAST) {
			index_add(index, all.bytes + first, end - first);
			if (at == 0)
				index_add_whole(index, all.bytes, end - first,
					all.size, mask);
		}
		while (first < all.size &&
			all.origins[first].start < tight->origins[at].end)
			first++;
	}
	view_release(&all);
}

static void add_view(struct index *index, const struct view *view, size_t mask)
{
	struct view tight;

	view_tight(view, &tight);
	add_tight(index, &tight, mask);
	if (tight.size >= REDACT_LEAST)
		add_skeletons(index, &tight, mask);
	view_release(&tight);
}

/* A secret with escapes in it is looked for as it is and without them: a text
 * loses its own and those of the secret. */
void redactor_add(struct redactor *redactor, const struct secret *secret)
{
	redactor_add_text(redactor, secret_reveal(secret), secret->size);
}

void redactor_add_text(
	struct redactor *redactor, const char *value, size_t size)
{
	size_t mask = redactor->mask_count;
	struct view view;

	if (size < REDACT_LEAST || size > UINT32_MAX)
		return;
	redactor->masks =
		memory_grow(redactor->masks, mask, sizeof(*redactor->masks));
	secret_mask_text(value, size, redactor->masks[mask]);
	redactor->mask_count++;
	view_of_text(&view, value, size);
	add_view(&redactor->index, &view, mask);
	for (int i = 0; i < UNDO_MOST; i++) {
		struct view plain;
		bool changed = view_undo(&view, &plain);

		view_release(&view);
		view = plain;
		if (!changed)
			break;
		add_view(&redactor->index, &view, mask);
	}
	view_release(&view);
}

/* What was found in a text. */
struct search {
	const struct redactor *redactor;
	uint32_t *begins; /* owned: how many finds begin at each byte, ... */
	uint32_t *ends;   /* owned: ... and end before it */
	uint32_t *whole;  /* owned: the mask of a whole secret there, plus 1 */
	bool found;
};

static void mark(struct search *search, const struct view *view, size_t at,
	size_t size, size_t mask)
{
	size_t start = view->origins[at].start;

	search->begins[start]++;
	search->ends[view->origins[at + size - 1].end]++;
	if (mask > 0 && search->whole[start] == 0)
		search->whole[start] = (uint32_t)mask;
	search->found = true;
}

static void search_form(struct search *search, const struct view *view)
{
	const struct index *index = &search->redactor->index;
	struct sums sums;

	sums_init(&sums, index, view);
	/* The longest first: where a secret begins as a shorter one does, its
	 * own mask is shown. */
	for (size_t size = STRETCH_MOST; size >= REDACT_LEAST; size--) {
		for (size_t at = 0;
			index->sizes[size] && at + size <= view->size; at++) {
			const struct stretch *stretch =
				index_find(index, &sums, at, size);
			const struct whole *whole = stretch
				? index_find_whole(index, &sums, at, stretch)
				: NULL;

			if (whole)
				mark(search, view, at, whole->size,
					whole->mask + 1);
			else if (stretch)
				mark(search, view, at, size, 0);
		}
	}
	sums_release(&sums);
}

static void search_view(struct search *search, const struct view *view)
{
	struct view form;

	view_tight(view, &form);
	search_form(search, &form);
	view_release(&form);
	view_skeleton(view, &form);
	search_form(search, &form);
	view_release(&form);
}

/* The shortest stretch that is looked for. */
static size_t least_stretch(const struct search *search)
{
	size_t least = REDACT_LEAST;

	while (!search->redactor->index.sizes[least])
		least++;
	return least;
}

/*
 * Whether a stretch may stand in the text, or in what is undone or decoded of
 * it. That gets no longer; and a printable character comes of bytes of which
 * one is printable at least, be they an escape, digits of Base64 or itself.
 */
static bool has_room(const struct search *search, const struct view *view)
{
	size_t least = least_stretch(search);
	size_t count = 0;

	for (size_t i = 0; i < view->size && count < least; i++)
		count += search->redactor->index.odd ||
			(view->bytes[i] >= ' ' && view->bytes[i] <= '~');
	return count >= least;
}

/* Whether a text may stand in what was decoded: so much that can be printed, in
 * a row, as the shortest stretch takes in Base64. */
static bool has_text(const struct search *search, const struct view *view)
{
	size_t least = (least_stretch(search) * 8 + 5) / 6;
	size_t run = 0;

	for (size_t i = 0; i < view->size && run < least; i++) {
		unsigned char byte = view->bytes[i];
		bool blank = byte == '\n' || byte == '\r' || byte == '\t';

		run = blank || (byte >= ' ' && byte < 0x7f) ? run + 1 : 0;
	}
	return run >= least;
}

/* Whether view_undo may find something to be undone. */
static bool has_escapes(const struct view *view)
{
	for (size_t i = 0; i < view->size; i++)
		if (view->bytes[i] && strchr("\\%&^\x1b", view->bytes[i]))
			return true;
	return false;
}

/* Without one level of escapes after the other, looked at each time. Where
 * they may be broken by blanks, as a terminal wraps its lines, these go, too.
 */
static struct view undo_all(
	struct search *search, const struct view *view, bool squeezed)
{
	struct view now;
	bool changed = true;

	view_copy(view, &now);
	for (int i = 0; changed; i++) {
		struct view next;

		if (squeezed) {
			view_squeeze(&now, &next);
			view_release(&now);
			now = next;
		}
		search_view(search, &now);
		if (i == UNDO_MOST || !has_escapes(&now))
			break;
		changed = view_undo(&now, &next);
		view_release(&now);
		now = next;
	}
	return now;
}

static bool is_same(const struct view *plain, const struct view *squeezed)
{
	struct view tight;
	bool same;

	view_squeeze(plain, &tight);
	same = tight.size == squeezed->size &&
		memcmp(tight.bytes, squeezed->bytes, tight.size) == 0;
	view_release(&tight);
	return same;
}

static void search_text(
	struct search *search, const struct view *view, unsigned depth);

static void search_decoded(
	struct search *search, const struct view *view, unsigned depth)
{
	struct view decoded;

	for (size_t skipped = 0; skipped < 4; skipped++) {
		view_base64(view, skipped, &decoded);
		search_text(search, &decoded, depth + 1);
		view_release(&decoded);
	}
	for (size_t skipped = 0; skipped < 2; skipped++) {
		view_hex(view, skipped, &decoded);
		search_text(search, &decoded, depth + 1);
		view_release(&decoded);
	}
}

static bool decodes_at(
	const struct search *search, const struct view *view, unsigned depth)
{
	return depth < DEPTH_MOST && (depth == 0 || has_text(search, view));
}

/* A text that has escapes, or what is not seen. */
static void search_escaped(
	struct search *search, const struct view *view, unsigned depth)
{
	SCOPED(view) struct view plain = undo_all(search, view, false);
	SCOPED(view) struct view squeezed = undo_all(search, view, true);
	bool decodes = decodes_at(search, &squeezed, depth);

	if (decodes)
		search_decoded(search, &squeezed, depth);
	if (decodes && !is_same(&plain, &squeezed))
		search_decoded(search, &plain, depth);
}

/* Searches the text three times: as it is, unescaped, and decoded. One in which
 * there is nothing to be undone is the same as it is and unescaped. */
static void search_text(
	struct search *search, const struct view *view, unsigned depth)
{
	if (!has_room(search, view))
		return;
	if (!has_escapes(view) && is_same(view, view)) {
		search_view(search, view);
		if (decodes_at(search, view, depth))
			search_decoded(search, view, depth);
	} else {
		search_escaped(search, view, depth);
	}
}

/* The mask of what is hidden from `at` on; where it ends. */
static size_t append_mask(
	const struct search *search, size_t at, size_t size, struct buf *out)
{
	char bullets[SECRET_MASK_SIZE];
	const char *mask = bullets;
	uint32_t open = 0;

	secret_mask_text("", 0, bullets);
	do {
		open += search->begins[at];
		if (search->whole[at] > 0 && mask == bullets)
			mask = search->redactor->masks[search->whole[at] - 1];
		at++;
		open -= search->ends[at];
	} while (at < size && (open > 0 || search->begins[at] > 0));
	buf_text(out, mask);
	return at;
}

void redact(const struct redactor *redactor, const char *text, size_t size,
	struct buf *out)
{
	struct search search = { .redactor = redactor };
	struct view view;

	if (!redactor || redactor->mask_count == 0 || size == 0) {
		buf_append(out, text, size);
		return;
	}
	search.begins = (uint32_t *)memory_array(size + 1, sizeof(uint32_t));
	search.ends = (uint32_t *)memory_array(size + 1, sizeof(uint32_t));
	search.whole = (uint32_t *)memory_array(size + 1, sizeof(uint32_t));
	view_of_text(&view, text, size);
	search_text(&search, &view, 0);
	view_release(&view);
	for (size_t at = 0; at < size;) {
		if (search.begins[at] > 0)
			at = append_mask(&search, at, size, out);
		else
			buf_byte(out, text[at++]);
	}
	memory_free(search.begins, (size + 1) * sizeof(uint32_t));
	memory_free(search.ends, (size + 1) * sizeof(uint32_t));
	memory_free(search.whole, (size + 1) * sizeof(uint32_t));
}

void redact_line(const struct redactor *redactor, const char *text, size_t size,
	char *out, size_t out_size)
{
	SCOPED(buf) struct buf masked = BUF(size * 2 + SECRET_MASK_SIZE);

	redact(redactor, text, size, &masked);
	clean_line(buf_cstring(&masked), masked.size, out, out_size);
}
