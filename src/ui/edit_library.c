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
	struct edit_library opened = {
		.handle = dlopen("libedit.so.2", RTLD_NOW | RTLD_LOCAL),
	};

	if (!opened.handle)
		return false;
#define X(name)                                                                \
	if (!find(opened.handle, #name, &opened.name, sizeof(opened.name))) {  \
		edit_library_close(&opened);                                   \
		return false;                                                  \
	}
	EDIT_FUNCTIONS(X)
#undef X
	*library = opened;
	return true;
}

void edit_library_close(struct edit_library *library)
{
	if (library->handle)
		dlclose(library->handle);
	library->handle = NULL;
}
