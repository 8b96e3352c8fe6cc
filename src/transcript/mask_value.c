/* SPDX-License-Identifier: MIT */
#include "transcript/mask_find_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"
#include "catalogue/placeholder.h"

/* Longer values are not looked at for what makes them harmless. */
#define HARMLESS_MOST 256

/* The longest run of letters and digits: what a masked key has too little of.
 */
size_t mask_longest_run(const char *text, size_t size)
{
	size_t longest = 0;
	size_t run = 0;

	for (size_t i = 0; i < size; i++) {
		run = text_is_alphanumeric(text[i]) ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest;
}

bool mask_is_letters(const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (!text_is_letter(text[i]))
			return false;
	}
	return true;
}

static bool is_digits(const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (!text_is_digit(text[i]))
			return false;
	}
	return true;
}

/* Most of the value was masked before it was pasted. */
static bool is_masked(const char *text, size_t size)
{
	if (slice_fits_any((struct slice){ text, size }, slice_contains,
		    WORDS("**", "...", "…", "•", "xxxx", "XXXX")))
		return mask_longest_run(text, size) < 12;
	return false;
}

/* null, $NAME, process.env.NAME, YOUR_KEY, ****MxYA. */
bool mask_is_harmless(const char *text, size_t size)
{
	struct slice value = { text, size };

	if (slice_fits_any(value, slice_is_ignoring_case,
		    WORDS("null", "none", "true", "false", "undefined",
			    "object")))
		return true;
	if (size > HARMLESS_MOST)
		return false;
	if (size < 3 || (size <= 6 && is_digits(text, size)))
		return true;
	if (is_masked(text, size))
		return true;
	if (slice_fits_any(value, slice_begins_ignoring_case,
		    WORDS("process.env", "os.environ", "os.getenv",
			    "import.meta", "env(", "<", "$", "%")))
		return mask_longest_run(text, size) < 24;
	return mask_longest_run(text, size) < 12 && placeholder_is(text, size);
}
