/* SPDX-License-Identifier: MIT */
/*
 * Time. SOURCE_DATE_EPOCH is not honoured: dates in a vault are facts.
 */
#ifndef OS_CLOCK_H
#define OS_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CLOCK_TEXT_SIZE 21

/* Now in UTC with seconds, as the vault has it: 2026-11-10T09:30:00Z. */
void clock_now(char out[CLOCK_TEXT_SIZE]);

/* That time, in seconds since the epoch, in the same form; one that has none is
 * the epoch. */
void clock_format(int64_t seconds, char out[CLOCK_TEXT_SIZE]);

/* Parses exactly that form, checking the calendar; nothing before 1970. Seconds
 * since the epoch. */
bool clock_parse(const char *text, int64_t *seconds);

/* The form that HTTP has: Sun, 06 Nov 1994 08:49:37 GMT (RFC 9110, 5.6.7; not
 * the two obsolete ones). The weekday is not checked. */
bool clock_parse_http(const char *text, size_t size, int64_t *seconds);

int64_t clock_seconds(void);

/* Milliseconds since the epoch. */
int64_t clock_ms(void);

/* Milliseconds of a clock that never jumps. */
int64_t clock_monotonic_ms(void);

/* Sleeps that long; a signal that is handled ends it early. */
void clock_sleep_ms(int64_t milliseconds);

#endif
