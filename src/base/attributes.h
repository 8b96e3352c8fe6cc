/* SPDX-License-Identifier: MIT */
/*
 * Compiler attributes under names that read as what they mean.
 */
#ifndef BASE_ATTRIBUTES_H
#define BASE_ATTRIBUTES_H

#include <stdarg.h>

/* The result says whether the call worked; ignoring it is an error. */
#define MUST_CHECK __attribute__((warn_unused_result))

/* Argument number `text` is a printf format, its values start at `first`. */
#define PRINTF(text, first) __attribute__((format(printf, text, first)))

/*
 * SCOPED(buf) struct buf text = ...: buf_release(&text) runs when the variable
 * goes out of scope. For every type with a TYPE_release(struct TYPE *).
 */
#define SCOPED(type) __attribute__((cleanup(type##_release)))

/*
 * In a function whose last argument is `format`: calls what takes its values as
 * a va_list, which is `values` there.
 *
 *     WITH_VALUES(tell(format, values));
 */
#define WITH_VALUES(call)                                                      \
	do {                                                                   \
		va_list values;                                                \
		va_start(values, format);                                      \
		call;                                                          \
		va_end(values);                                                \
	} while (0)

#define NORETURN __attribute__((noreturn))

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/*
 * Words that only one place looks for, and how many they are, as the last two
 * arguments of what looks for them:
 *
 *     slice_fits_any(name, slice_ends, WORDS("_KEY", "_TOKEN"))
 */
#define WORDS(...)                                                             \
	__extension__({                                                        \
		static const char *const words_[] = { __VA_ARGS__ };           \
		words_;                                                        \
	}),                                                                    \
		ARRAY_SIZE(((const char *const[]){ __VA_ARGS__ }))

#endif
