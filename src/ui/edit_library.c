/* SPDX-License-Identifier: MIT */
#include "ui/edit_library.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

/* dlsym gives an object pointer; only copying its bytes is clean C. */
static bool find(void *handle, const char *name, void *function, size_t size)
{
	void *symbol = dlsym(handle, name);

	memcpy(function, &symbol, size);
	return symbol != NULL;
}

bool edit_library_open(struct edit_library *library)
{
	/*
	 * Never closed: the terminal library under it keeps what it has read of
	 * the terminal for as long as it is there.
	 */
	void *handle = dlopen("libedit.so.2", RTLD_NOW | RTLD_LOCAL);
	struct edit_library opened;

	if (!handle)
		return false;
#define X(name)                                                                \
	if (!find(handle, #name, &opened.name, sizeof(opened.name)))           \
		return false;
	EDIT_FUNCTIONS(X)
#undef X
	*library = opened;
	return true;
}
