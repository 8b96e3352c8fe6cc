/* SPDX-License-Identifier: MIT */
/*
 * Loaded before a program (LD_PRELOAD), makes of it a server of itself: it is
 * started and linked once, stops before its main(), and for each request a
 * child of it goes on into main(). For tests with thousands of runs, where to
 * start the program takes five times as long as what it does.
 *
 * Requests come on the socket FORK_SERVER names (SOCK_SEQPACKET): what is to be
 * stdin, stdout and stderr as descriptors, and "WORDS", the folder, the words
 * and the environment, a NUL behind each. The answer is the status of
 * waitpid().
 */
#define _GNU_SOURCE /* RTLD_NEXT, environ */
#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	MOST_BYTES = 1 << 16,
	MOST_STRINGS = 512,
	STREAMS = 3,
	FAILED = 126
};

typedef int main_function(int, char **, char **);
typedef int start_function(main_function *, int, char **, void (*)(void),
	void (*)(void), void (*)(void), void *);

/* libc's own entry, in whose place the program finds this one. */
start_function start __asm__("__libc_start_main");

static main_function *program;
static char bytes[MOST_BYTES + 1];
static char *strings[MOST_STRINGS + 1];

/* The size of what came, 0 at the end; its descriptors are `streams`. */
static size_t receive(int server, int *streams)
{
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(sizeof(int) * STREAMS)];
	} control;
	struct iovec part = { .iov_base = bytes, .iov_len = MOST_BYTES };
	struct msghdr message = { .msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = control.bytes,
		.msg_controllen = sizeof(control.bytes) };
	ssize_t size = recvmsg(server, &message, MSG_CMSG_CLOEXEC);
	const struct cmsghdr *header = CMSG_FIRSTHDR(&message);

	if (size <= 0)
		return 0;
	if (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC) || !header ||
		header->cmsg_len != CMSG_LEN(sizeof(int) * STREAMS))
		_exit(FAILED);
	memcpy(streams, CMSG_DATA(header), sizeof(int) * STREAMS);
	bytes[size] = '\0';
	return (size_t)size;
}

/* Ends in what main() returns; `size` is that of the request. */
static int become(size_t size, const int *streams)
{
	const char *end = bytes + size;
	size_t words = strtoul(bytes, NULL, 10), count = 0;
	char *folder = bytes + strlen(bytes) + 1;

	for (char *at = folder + strlen(folder) + 1; at < end;
		at += strlen(at) + 1) {
		/* One NULL ends the words, one the environment. */
		count += count == words;
		if (count >= MOST_STRINGS)
			_exit(FAILED);
		strings[count++] = at;
	}
	if (words == 0 || count < words || chdir(folder) != 0)
		_exit(FAILED);
	for (int i = 0; i < STREAMS; i++)
		if (dup2(streams[i], i) != i || close(streams[i]) != 0)
			_exit(FAILED);
	environ = strings + words + 1;
	return program((int)words, strings, environ);
}

static int serve(int argc, char **argv, char **environment)
{
	int server = atoi(getenv("FORK_SERVER"));
	int streams[STREAMS];
	size_t size;

	(void)argc;
	(void)argv;
	(void)environment;
	while ((size = receive(server, streams)) > 0) {
		pid_t child = fork();
		int32_t status;

		if (child == 0 && close(server) == 0)
			return become(size, streams);
		for (int i = 0; i < STREAMS; i++)
			(void)close(streams[i]);
		if (child < 0 || waitpid(child, &status, 0) != child ||
			write(server, &status, sizeof(status)) !=
				(ssize_t)sizeof(status))
			break;
	}
	_exit(size > 0 ? FAILED : 0);
}

int start(main_function *its_main, int argc, char **argv, void (*init)(void),
	void (*fini)(void), void (*rtld_fini)(void), void *stack_end)
{
	start_function *next;

	*(void **)&next = dlsym(RTLD_NEXT, "__libc_start_main");
	program = its_main;
	return next(getenv("FORK_SERVER") ? serve : its_main, argc, argv, init,
		fini, rtld_fini, stack_end);
}
