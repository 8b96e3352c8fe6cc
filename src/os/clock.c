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

	if (seconds < 0 || !gmtime_r(&time, &parts) ||
		strftime(out, CLOCK_TEXT_SIZE, "%Y-%m-%dT%H:%M:%SZ", &parts) ==
			0)
		memcpy(out, "1970-01-01T00:00:00Z", CLOCK_TEXT_SIZE);
}

/* strptime takes blanks and fewer digits too; what is no day or minute of the
 * calendar, timegm makes another one of. */
bool clock_parse(const char *text, int64_t *seconds)
{
	struct tm said = { .tm_sec = 0 };
	const char *end = strptime(text, "%Y-%m-%dT%H:%M:%SZ", &said);
	struct tm parts = said;

	if (!end || *end || end - text != CLOCK_TEXT_SIZE - 1 ||
		!text_only(text, "0123456789-:TZ"))
		return false;
	const int64_t time = timegm(&parts);
	if (time < 0 || parts.tm_mday != said.tm_mday ||
		parts.tm_sec != said.tm_sec)
		return false;
	*seconds = time;
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
