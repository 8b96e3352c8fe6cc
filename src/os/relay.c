/* SPDX-License-Identifier: MIT */
#include "os/relay.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "os/process_internal.h"
#include "os/relay_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK ((size_t)64 * 1024)
/* A chunk and what was held back, each fourth byte of it a mask. */
#define OUT_LIMIT ((size_t)256 * 1024 * 1024)

/* One of the streams: from the program's pipe to our own file. */
struct lane {
	int from;      /* -1: nothing more comes */
	int to;        /* -1: nobody takes it */
	int twin;      /* another of ours that is the same file; -1: none */
	int child_end; /* the pipe's other end, until the program has it */
	bool at_once;  /* `to` never waits for a reader: a file */
	bool over;     /* the filter knows that nothing follows */
	void *stream;
	struct buf out; /* filtered, and not yet written */
	size_t written; /* so many bytes of it are */
	size_t left;    /* once the program has ended: what it wrote before */
};

struct relaying {
	const struct relay *relay;
	struct lane lanes[RELAY_STREAMS];
	struct relay_child child;
	int write_error; /* 0: none */
};

/* Beginning */

/* A stream of ours that can be written; one that cannot stays the program's
 * own affair. */
static bool can_be_written(int file)
{
	int flags = fcntl(file, F_GETFL);

	return flags >= 0 && (flags & O_ACCMODE) != O_RDONLY;
}

static bool are_one_file(int a, int b)
{
	struct stat first;
	struct stat second;

	return fstat(a, &first) == 0 && fstat(b, &second) == 0 &&
		first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

static bool open_lane(struct lane *lane, int to, void *stream)
{
	int ends[2];
	struct stat status;

	if (pipe2(ends, O_CLOEXEC) != 0)
		return false;
	*lane = (struct lane){ .from = ends[0],
		.child_end = ends[1],
		.to = to,
		.twin = -1,
		.at_once = fstat(to, &status) == 0 && S_ISREG(status.st_mode),
		.stream = stream,
		.out = BUF(OUT_LIMIT) };
	return true;
}

static bool open_lanes(struct relaying *relaying)
{
	static const int files[RELAY_STREAMS] = { STDOUT_FILENO,
		STDERR_FILENO };
	const bool one = can_be_written(STDOUT_FILENO) &&
		can_be_written(STDERR_FILENO) &&
		are_one_file(STDOUT_FILENO, STDERR_FILENO);

	for (size_t i = 0; i < RELAY_STREAMS; i++) {
		relaying->lanes[i] =
			(struct lane){ .from = -1, .to = -1, .child_end = -1 };
		if ((i > 0 && one) || !can_be_written(files[i]))
			continue;
		if (!open_lane(&relaying->lanes[i], files[i],
			    relaying->relay->streams[i]))
			return false;
	}
	if (one)
		relaying->lanes[0].twin = STDERR_FILENO;
	relaying->child.files[0] = relaying->lanes[0].child_end;
	relaying->child.files[1] = relaying->lanes[one ? 0 : 1].child_end;
	return true;
}

/* Passing on */

static void filter(struct relaying *relaying, struct lane *lane,
	const char *bytes, size_t size)
{
	relaying->relay->filter(lane->stream, bytes, size, &lane->out);
	lane->over = size == 0;
	if (lane->over)
		process_close_end(&lane->from);
}

static void receive(struct relaying *relaying, struct lane *lane)
{
	char chunk[CHUNK];
	ssize_t size = read(lane->from, chunk, sizeof(chunk));

	if (size < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	filter(relaying, lane, chunk, size > 0 ? (size_t)size : 0);
	memory_wipe(chunk, size > 0 ? (size_t)size : 0);
	if (size > 0)
		lane->left -=
			(size_t)size < lane->left ? (size_t)size : lane->left;
}

static size_t left_to_write(const struct lane *lane)
{
	return lane->out.size - lane->written;
}

/* Whoever read it has gone, or the disk is full: the program's next write is
 * to meet the same. */
static void give_up(struct relaying *relaying, struct lane *lane, int number)
{
	if (number != EPIPE && relaying->write_error == 0)
		relaying->write_error = number;
	lane->to = -1;
	lane->over = true;
	process_close_end(&lane->from);
	buf_clear(&lane->out);
	lane->written = 0;
}

/* No more at once than a pipe takes that poll calls ready. */
static void send_on(struct relaying *relaying, struct lane *lane)
{
	size_t size = left_to_write(lane);

	if (!lane->at_once && size > PIPE_BUF)
		size = PIPE_BUF;
	ssize_t done =
		write(lane->to, buf_cstring(&lane->out) + lane->written, size);

	if (done < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (done < 0) {
		give_up(relaying, lane, errno);
		return;
	}
	lane->written += (size_t)done;
	if (left_to_write(lane) == 0) {
		buf_clear(&lane->out);
		lane->written = 0;
	}
}

/* What it closed is closed for our reader too; but for stderr alone, on which
 * an error may have to be told still. */
static void finish(struct relaying *relaying, struct lane *lane)
{
	if (!lane->over || lane->to < 0 || left_to_write(lane) > 0 ||
		lane->to == STDERR_FILENO || relaying->write_error)
		return;
	process_close_end(&lane->to);
	process_close_end(&lane->twin);
}

static bool is_busy(const struct lane *lane)
{
	return lane->from >= 0 || (lane->to >= 0 && left_to_write(lane) > 0);
}

/* Waiting */

static struct pollfd wanted(const struct lane *lane)
{
	if (lane->to >= 0 && left_to_write(lane) > 0)
		return (struct pollfd){ .fd = lane->to, .events = POLLOUT };
	return (struct pollfd){ .fd = lane->from, .events = POLLIN };
}

/* What the program wrote before it ended is in its pipes, and as much as it
 * left there is read; who else holds them is not waited for. */
static void begin_last_reads(struct relaying *relaying)
{
	for (size_t i = 0; i < RELAY_STREAMS; i++) {
		struct lane *lane = &relaying->lanes[i];
		int size = 0;

		if (lane->from >= 0 && ioctl(lane->from, FIONREAD, &size) == 0)
			lane->left = (size_t)size;
	}
}

static void end_last_reads(struct relaying *relaying)
{
	for (size_t i = 0; i < RELAY_STREAMS; i++) {
		struct lane *lane = &relaying->lanes[i];

		if (lane->from >= 0 && lane->left == 0)
			filter(relaying, lane, "", 0);
	}
}

static void move(struct relaying *relaying, const struct pollfd *files)
{
	for (size_t i = 0; i < RELAY_STREAMS; i++) {
		struct lane *lane = &relaying->lanes[i];

		if (files[i].fd < 0 || !files[i].revents)
			continue;
		if (files[i].events == POLLOUT)
			send_on(relaying, lane);
		else
			receive(relaying, lane);
		finish(relaying, lane);
	}
}

static int pass_on(struct relaying *relaying)
{
	struct relay_child *child = &relaying->child;

	while (!child->ended || is_busy(&relaying->lanes[0]) ||
		is_busy(&relaying->lanes[1])) {
		struct pollfd files[] = {
			wanted(&relaying->lanes[0]),
			wanted(&relaying->lanes[1]),
			{ .fd = child->ended ? -1 : child->signals,
				.events = POLLIN },
		};
		int ready =
			poll(files, ARRAY_SIZE(files), child->stopped ? 0 : -1);

		if (ready < 0 && errno != EINTR)
			return errno;
		if (ready > 0)
			move(relaying, files);
		if (ready > 0 && files[2].revents && relay_child_attend(child))
			begin_last_reads(relaying);
		if (child->ended)
			end_last_reads(relaying);
		if (ready == 0 && child->stopped)
			relay_child_stop_too(child);
	}
	return 0;
}

static void release(struct relaying *relaying)
{
	for (size_t i = 0; i < RELAY_STREAMS; i++) {
		process_close_end(&relaying->lanes[i].from);
		process_close_end(&relaying->lanes[i].child_end);
		buf_release(&relaying->lanes[i].out);
	}
	process_close_end(&relaying->child.signals);
}

static bool conclude(struct relaying *relaying, int number, struct error *err)
{
	const struct process_result *result = &relaying->child.result;

	if (number != 0)
		return process_not_attended(
			relaying->relay->argv[0], number, err);
	if (relaying->write_error == 0 || result->signal ||
		result->exit_code != 0)
		return true;
	error_errno(err, STATUS_IO, relaying->write_error,
		_("what %.100s wrote could not be written"),
		relaying->relay->argv[0]);
	return false;
}

bool relay_run(const struct relay *relay, struct process_result *result,
	struct error *err)
{
	struct relaying relaying = { .relay = relay,
		.child = { .signals = -1, .files = { -1, -1 } } };
	bool opened = open_lanes(&relaying);
	int number = opened ? relay_child_start(&relaying.child) : errno;

	if (number == 0 && relaying.child.pid == 0) {
		release(&relaying);
		return process_exec(relay->argv, relay->environment, err);
	}
	if (number != 0) {
		release(&relaying);
		return process_not_started(relay->argv[0], number, err);
	}
	for (size_t i = 0; i < RELAY_STREAMS; i++)
		process_close_end(&relaying.lanes[i].child_end);
	number = pass_on(&relaying);
	if (number != 0)
		relay_child_kill(&relaying.child);
	bool ok = conclude(&relaying, number, err);
	*result = relaying.child.result;
	release(&relaying);
	return ok;
}

void relay_end_as(const struct process_result *result)
{
	struct sigaction action = { .sa_handler = SIG_DFL };
	sigset_t only;

	if (result->signal) {
		(void)sigemptyset(&action.sa_mask);
		(void)sigaction(result->signal, &action, NULL);
		(void)sigemptyset(&only);
		(void)sigaddset(&only, result->signal);
		(void)kill(getpid(), result->signal);
		(void)sigprocmask(SIG_UNBLOCK, &only, NULL);
		_exit(128 + result->signal);
	}
	_exit(result->exit_code);
}
