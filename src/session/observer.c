/* SPDX-License-Identifier: MIT */
#include "session/observer.h"

#include "base/memory.h"

typedef void say(void *context, const char *message);

PRINTF(3, 0)
static void tell(say *to, void *context, const char *format, va_list values)
{
	if (!to)
		return;
	OWNED char *message = memory_vprintf(format, values);
	to(context, message);
}

void observer_warn(const struct observer *observer, const char *format, ...)
{
	WITH_VALUES(tell(observer->warn, observer->context, format, values));
}

void observer_note(const struct observer *observer, const char *format, ...)
{
	WITH_VALUES(tell(observer->note, observer->context, format, values));
}

void observer_progress(const struct observer *observer, const char *format, ...)
{
	WITH_VALUES(
		tell(observer->progress, observer->context, format, values));
}
