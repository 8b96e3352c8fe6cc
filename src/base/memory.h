/* SPDX-License-Identifier: MIT */
/*
 * Checked memory. Out of memory ends the program: nothing can be half-written
 * then, because files appear by rename alone. Secrets live in os/secret.h;
 * these functions are for everything else, and still wipe on free.
 */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include "base/attributes.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* `size` zeroed bytes, never NULL. Free with free or memory_free. */
void *memory_new(size_t size);

/*
 * The same at the beginning of a page, for what read(2) fills: to a place 16
 * bytes behind it, where large blocks begin otherwise, it takes the kernel
 * twice the time.
 */
#define MEMORY_PAGE ((size_t)4096)
void *memory_pages(size_t size);

/* count * size zeroed bytes; ends the program where that overflows. */
void *memory_array(size_t count, size_t size);

/*
 * Room for one more item of `size` bytes in an array of `count` items: returns
 * the array, perhaps moved. Grows by doubling; `count` is the present number.
 */
void *memory_grow(void *array, size_t count, size_t size);

/* NOLINTBEGIN(bugprone-sizeof-expression): its items may be pointers */
/* One more item at the end of an array of `count`, which may move it. */
#define MEMORY_PUSH(array, count, ...)                                         \
	((void)((array) = memory_grow((array), (count), sizeof(*(array))),     \
		(array)[(count)++] = __VA_ARGS__))
/* NOLINTEND(bugprone-sizeof-expression) */

/* Frees an array of `count` texts and each of them. */
void memory_free_texts(char **texts, size_t count);

/* A copy of the text; never NULL. */
char *memory_text(const char *text);

/* A NUL-terminated copy of `size` bytes; never NULL. */
char *memory_copy(const void *bytes, size_t size);

/* Text by printf, of any length; never NULL. */
char *memory_printf(const char *format, ...) PRINTF(1, 2);
char *memory_vprintf(const char *format, va_list values) PRINTF(1, 0);

/* OWNED char *text = ...: free at the end of the scope. */
#define OWNED __attribute__((cleanup(memory_free_owned)))

/* `pointer` is the address of one, of any type. */
static inline void memory_free_owned(void *pointer)
{
	void *memory;

	memcpy(&memory, pointer, sizeof(memory));
	free(memory);
}

/* The same guarded, kept out of core dumps, wiped by sodium_free(3), which ends
 * it; aligned as its size is, since it ends where a page does. */
void *memory_guarded(size_t count, size_t size);

/* Overwrites in a way that no compiler leaves out. NULL is fine. */
void memory_wipe(void *bytes, size_t size);

/* Wipes `size` bytes, then frees. NULL is fine. */
void memory_free(void *bytes, size_t size);

/* Ends the program with STATUS_IO and one line; exit handlers are run. */
NORETURN void memory_exhausted(void);

/*
 * What libraries that handle secrets allocate with, as malloc, free, realloc,
 * calloc and strdup are used; whatever is freed or outgrown is wiped. NULL for
 * an impossible size.
 */
void *memory_block_new(size_t size);
void memory_block_free(void *bytes);
void *memory_block_resize(void *bytes, size_t size);
void *memory_block_array(size_t count, size_t size);
char *memory_block_text(const char *text);

/*
 * Overwrites what calls that have returned left on the stack. Libraries do
 * that, too: the dynamic linker saves vector registers there, with what was
 * copied last in them.
 */
void memory_wipe_stack(void);

/*
 * Makes jansson wipe what it frees: --answers, jlist and template data hold
 * secrets. Called once, first thing in main.
 */
void memory_wipe_json(void);

#endif
