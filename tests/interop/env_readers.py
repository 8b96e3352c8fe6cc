"""Runs the readers of env files: Debian's, and those from npm.

A reading function takes a folder with 0.env, 1.env, ... and their number, and
returns {index: {name: value}}, None for a file that the reader refuses.
"""

import json
import os
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGES = os.path.join(os.path.dirname(HERE), "node_modules")
CLEAN = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LC_ALL": "C.UTF-8"}


def by_node(name):
    def read(folder, count):
        done = subprocess.run(
            ["node", os.path.join(HERE, "envfile_readers.js"), os.path.dirname(PACKAGES),
             name, folder], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=CLEAN,
            cwd=folder, timeout=120)
        if done.returncode:
            raise RuntimeError(done.stderr.decode()[-500:])
        return {int(k): v for k, v in json.loads(done.stdout).items()}
    return read


def by_python(folder, count):
    script = ("import dotenv, json, sys\n"
              "print(json.dumps({i: dict(dotenv.dotenv_values('%s/%d.env' % (sys.argv[1], i)))"
              " for i in range(int(sys.argv[2]))}))")
    done = subprocess.run(["/usr/bin/python3", "-c", script, folder, str(count)], env=CLEAN,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    return {int(k): v for k, v in json.loads(done.stdout).items()}


def by_ruby(folder, count):
    script = ("require 'dotenv'; require 'json'\nr = {}\n"
              "ARGV[1].to_i.times { |i| r[i] = begin "
              "Hash[Dotenv::Environment.new(\"#{ARGV[0]}/#{i}.env\", false)]; "
              "rescue StandardError, ScriptError; nil end }\nputs JSON.generate(r)")
    done = subprocess.run(["ruby", "-e", script, folder, str(count)], env=CLEAN, cwd=folder,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    return {int(k): v for k, v in json.loads(done.stdout).items()}


PHP = {
    "phpdotenv": ["Dotenv/autoload.php", "Dotenv\\Dotenv::parse($text)"],
    "symfony": ["Symfony/Component/Dotenv/autoload.php",
                "(new Symfony\\Component\\Dotenv\\Dotenv())->parse($text)"],
}


def php_script(name, body):
    library, parse = PHP[name]
    return "require '/usr/share/php/%s'; %s" % (library, body.replace("PARSE", parse))


def by_php(name):
    # A file with a syntax error throws: that reader has no values at all then.
    script = php_script(name, "$all = []; for ($i = 0; $i < $argv[2]; $i++) { "
                        "$text = file_get_contents(\"$argv[1]/$i.env\"); "
                        "try { $all[$i] = PARSE; } catch (Throwable $e) { $all[$i] = null; } } "
                        "echo json_encode((object)$all, JSON_INVALID_UTF8_SUBSTITUTE);")

    def read(folder, count):
        done = subprocess.run(["php", "-d", "display_errors=0", "-r", script, folder, str(count)],
                              env=CLEAN, cwd=folder, stdout=subprocess.PIPE, check=True)
        return {int(k): v for k, v in json.loads(done.stdout).items()}
    return read


def node_reads_env_files():
    """Node before 20.12, Debian 12's own among them, reads none itself."""
    script = "process.loadEnvFile.name + require('util').parseEnv.name"
    return subprocess.run(["node", "-e", script], stderr=subprocess.DEVNULL).returncode == 0


# What a shell or its child has without any file.
OWN = {"PWD", "OLDPWD", "SHLVL", "_", "PATH", "HOME", "LC_ALL", "OPTIND", "PS4", "RUNS", "LOGNAME"}


def collected(folder, count):
    """What `env -0` wrote of each file, where it came so far."""
    values = {}
    for i in range(count):
        path = os.path.join(folder, "%d.out" % i)
        values[i] = None
        if os.path.exists(path):
            with open(path, "rb") as file:
                pairs = file.read().decode("utf-8", "replace").split("\0")
            os.remove(path)
            pairs = [pair.split("=", 1) for pair in pairs if "=" in pair]
            values[i] = {n: v for n, v in pairs if n not in OWN}
    return values


def whole_environment(program, take):
    """All that `take`, shell text about $file, sets in a shell's environment.

    Commands of the file itself are not found: its PATH is empty meanwhile."""
    script = ('i=0; while [ $i -lt "$2" ]; do file="$1/$i.env"; out="$1/$i.out"; '
              '( set -a; %s; PATH=$RUNS; env -0 > "$out.new" && mv "$out.new" "$out" ) '
              '</dev/null >/dev/null 2>&1; i=$((i+1)); done' % take)

    def read(folder, count):
        # Not by -c: bash then replaces itself by the last command of a file.
        path = os.path.join(folder, "read")
        with open(path, "w", encoding="utf-8") as file:
            file.write(script + "\n")
        subprocess.run([program, path, folder, str(count)], cwd=folder, timeout=600,
                       env=dict(CLEAN, RUNS=CLEAN["PATH"]))
        return collected(folder, count)
    return read


def by_rust(folder, count):
    for i in range(count):
        file = os.path.join(folder, "%d.env" % i)
        done = subprocess.run(["/usr/bin/dotenv-rust", "-f", file, "/usr/bin/env", "-0"], env=CLEAN,
                              cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        if done.stdout:
            with open(os.path.join(folder, "%d.out" % i), "wb") as out:
                out.write(done.stdout)
    return collected(folder, count)


def node_version():
    done = subprocess.run(["node", "-p", "process.versions.node"], stdout=subprocess.PIPE)
    return int(done.stdout.decode().split(".")[0]) if done.returncode == 0 else 0


def from_npm(label, version=""):
    return (label, version, by_node(label))


def find(reader):
    """[(label, the model's version, function)]; the end, 77, where there is none."""
    if reader == "node" and not node_reads_env_files():
        print("skipped, for want of:\n  a node that reads env files itself, 20.12 or later")
        raise SystemExit(77)
    take = '. "$file"'
    return {
        **{name: [(name, "", whole_environment(name, "PATH=; " + take))]
           for name in ("bash", "dash", "zsh")},
        "direnv": [("direnv", "", whole_environment(
            "bash", 'set +a; text=$(direnv dotenv bash "$file") || exit; eval "$text"'))],
        "rust-dotenv": [("rust-dotenv", "", by_rust)],
        "python-dotenv": [("python-dotenv", "", by_python)],
        "ruby-dotenv": [("ruby-dotenv", "", by_ruby)],
        **{name: [(name, "", by_php(name))] for name in PHP},
        "node": [("parseEnv", "20" if node_version() < 22 else "22 and later", by_node("parseEnv"))],
        "dotenv": [from_npm("dotenv16"), from_npm("dotenv17"), from_npm("dotenv18")],
        "dotenv-expand": [from_npm("expand11", "11"), from_npm("expand1000", "1000")],
        **{name: [from_npm(name)] for name in ("dotenv8", "next", "dotenvx", "env-cmd")},
    }[reader]
