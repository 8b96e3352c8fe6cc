/* SPDX-License-Identifier: MIT */
#include "session/observer.h"

#include "base/memory.h"

#include <stdarg.h>

typedef void say(void *context, const char *message);

PRINTF(3, 0)
static void tell(say *to, void *context, const char *format, va_list arguments)
{
	if (!to)
		return;
	OWNED char *message = memory_vprintf(format, arguments);
	to(context, message);
}

void observer_warn(const struct observer *observer, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	tell(observer->warn, observer->context, format, arguments);
	va_end(arguments);
}

void observer_note(const struct observer *observer, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	tell(observer->note, observer->context, format, arguments);
	va_end(arguments);
}

void observer_progress(const struct observer *observer, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	tell(observer->progress, observer->context, format, arguments);
	va_end(arguments);
}
