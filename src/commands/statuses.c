/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

const enum status read_statuses[] = { STATUS_USAGE, STATUS_INVALID,
	STATUS_LOCKED_OUT, STATUS_IO, STATUS_OK };
const enum status change_statuses[] = { STATUS_USAGE, STATUS_INVALID,
	STATUS_LOCKED_OUT, STATUS_IO, STATUS_BUSY, STATUS_OK };
const enum status found_read_statuses[] = { STATUS_FOUND, STATUS_USAGE,
	STATUS_INVALID, STATUS_LOCKED_OUT, STATUS_IO, STATUS_OK };
const enum status found_change_statuses[] = { STATUS_FOUND, STATUS_USAGE,
	STATUS_INVALID, STATUS_LOCKED_OUT, STATUS_IO, STATUS_BUSY, STATUS_OK };
