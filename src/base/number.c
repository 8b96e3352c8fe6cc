/* SPDX-License-Identifier: MIT */
#include "base/number.h"

#include "base/text.h"

bool number_parse(const char *text, size_t size, uint64_t least, uint64_t most,
	uint64_t *number)
{
	uint64_t value = 0;

	if (size == 0 || (size > 1 && text[0] == '0'))
		return false;
	for (size_t i = 0; i < size; i++) {
		if (!text_is_digit(text[i]))
			return false;
		uint64_t digit = (uint64_t)(text[i] - '0');
		if (value > (UINT64_MAX - digit) / 10)
			return false;
		value = value * 10 + digit;
	}
	if (value < least || value > most)
		return false;
	*number = value;
	return true;
}

size_t number_least(size_t a, size_t b)
{
	return a < b ? a : b;
}

unsigned number_bits(uint64_t set)
{
	unsigned count = 0;

	for (; set; set &= set - 1)
		count++;
	return count;
}
