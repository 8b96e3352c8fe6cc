/* SPDX-License-Identifier: MIT */
#include "os/clock.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

void clock_now(char out[CLOCK_TEXT_SIZE])
{
	clock_format(time(NULL), out);
}

void clock_format(int64_t seconds, char out[CLOCK_TEXT_SIZE])
{
	time_t time = (time_t)seconds;
	struct tm parts;

	if (!gmtime_r(&time, &parts) ||
		strftime(out, CLOCK_TEXT_SIZE, "%Y-%m-%dT%H:%M:%SZ", &parts) ==
			0)
		memcpy(out, "1970-01-01T00:00:00Z", CLOCK_TEXT_SIZE);
}

static bool is_leap_year(int64_t year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Two or four digits, leading zeros allowed, at a fixed place. */
static int64_t digits_at(const char *text, size_t at, size_t size)
{
	int64_t value = 0;

	for (size_t i = 0; i < size; i++)
		value = value * 10 + (text[at + i] - '0');
	return value;
}

static bool has_form(const char *text)
{
	static const char form[] = "0000-00-00T00:00:00Z";

	if (strlen(text) != sizeof(form) - 1)
		return false;
	for (size_t i = 0; form[i]; i++) {
		bool digit = form[i] == '0';
		if (digit ? !text_is_digit(text[i]) : text[i] != form[i])
			return false;
	}
	return true;
}

bool clock_parse(const char *text, int64_t *seconds)
{
	static const int64_t days_before[] = { 0, 31, 59, 90, 120, 151, 181,
		212, 243, 273, 304, 334, 365 };

	if (!has_form(text))
		return false;
	int64_t year = digits_at(text, 0, 4);
	int64_t month = digits_at(text, 5, 2);
	int64_t day = digits_at(text, 8, 2);
	int64_t hour = digits_at(text, 11, 2);
	int64_t minute = digits_at(text, 14, 2);
	int64_t second = digits_at(text, 17, 2);

	if (year < 1970 || month < 1 || month > 12 || day < 1 || hour > 23 ||
		minute > 59 || second > 59)
		return false;
	int64_t leap = is_leap_year(year) ? 1 : 0;
	int64_t length = days_before[month] - days_before[month - 1] +
		(month == 2 ? leap : 0);
	if (day > length)
		return false;
	int64_t past = year - 1;
	int64_t days = (year - 1970) * 365 + (past / 4 - 1969 / 4) -
		(past / 100 - 1969 / 100) + (past / 400 - 1969 / 400) +
		days_before[month - 1] + (month > 2 ? leap : 0) + day - 1;
	*seconds = ((days * 24 + hour) * 60 + minute) * 60 + second;
	return true;
}

bool clock_parse_http(const char *text, size_t size, int64_t *seconds)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	const size_t whole = sizeof("Sun, 06 Nov 1994 08:49:37 GMT") - 1;
	char same[CLOCK_TEXT_SIZE];
	size_t month = 0;

	if (size != whole || memcmp(text + 3, ", ", 2) != 0 ||
		memcmp(text + 25, " GMT", 4) != 0)
		return false;
	while (month < 12 && memcmp(months + month * 3, text + 8, 3) != 0)
		month++;
	month++;
	/* clock_parse checks what the digits are. */
	(void)snprintf(same, sizeof(same), "%.4s-%02zu-%.2sT%.8sZ", text + 12,
		month, text + 5, text + 17);
	return text[7] == ' ' && text[11] == ' ' && text[16] == ' ' &&
		clock_parse(same, seconds);
}

int64_t clock_seconds(void)
{
	return (int64_t)time(NULL);
}

int64_t clock_ms(void)
{
	struct timespec now = { 0 };

	(void)clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_monotonic_ms(void)
{
	struct timespec now = { 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void clock_sleep_ms(int64_t milliseconds)
{
	const struct timespec time = { (time_t)(milliseconds / 1000),
		(long)(milliseconds % 1000) * 1000000L };

	(void)nanosleep(&time, NULL);
}
