/* SPDX-License-Identifier: MIT */
#include "os/sudo_caller.h"

#include "base/number.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define UID_MOST ((uint64_t)UINT32_MAX - 1) /* (uid_t)-1 is nobody's */

bool sudo_caller_is(uid_t user)
{
	const char *text = getenv("SUDO_UID");
	uint64_t number = 0;

	return text && number_parse(text, strlen(text), 0, UID_MOST, &number) &&
		user == (uid_t)number;
}

bool sudo_caller_owns(const struct stat *folder)
{
	return geteuid() == 0 && folder->st_uid != 0 &&
		sudo_caller_is(folder->st_uid);
}
