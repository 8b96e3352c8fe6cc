/* SPDX-License-Identifier: MIT */
/* `aigenv profile show`, apart since it has much to print. */
#ifndef COMMANDS_PROFILE_SHOW_H
#define COMMANDS_PROFILE_SHOW_H

#include "cli/command.h"

extern const struct command command_profile_show;

#endif
