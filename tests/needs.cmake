# What a test needs beside Python and what is built: its whole name as a regular
# expression, then packages by their names in scripts/setup.
set(AIGENV_NEEDS
  "unit\\..*" "libcriterion-dev"
  "unit\\.git" "git"
  "interop\\.age\\.(vectors|peers|refusals)" "age"
  "interop\\.age\\.ssh" "age openssh-client"
  "interop\\.age\\.more_vectors" "python3-nacl"
  "interop\\.emulator" "openssl"
  "interop\\.advised\\..*" "gettext"
  "interop\\.left_behind" "git"
  "interop\\.memory_left" "strace"
  "interop\\.leaks\\..*" "strace git"
  "interop\\.provision\\.readme" "git nodejs tests/node_modules"
  "interop\\.provision\\..*" "git"
  "interop\\.schemas" "python3-jsonschema"
  "session\\.own_ecosystem" "nodejs"
  "interop\\.(pm2|layouts|live)\\..*" "nodejs tests/node_modules"
  "interop\\.live\\.sudo" "sudo"
  "interop\\.vault\\.(written|tampered|profiles|writers|faults)" "python3-nacl"
  "interop\\.vault\\.identity" "python3-nacl age"
  "interop\\.vault\\.vectors" "python3-nacl man-db bash jq age"
  "interop\\.(vault\\.(python|forgers)|attackers)\\..*" "python3-nacl age git"
  "interop\\.(wizard\\..*|quickstart\\.try)" "tmux"
  "interop\\.wizard\\.mistakes\\..*" "git"
  "interop\\.readme\\.examples" "nodejs"
  "interop\\.manual\\.examples" "nodejs openssh-client"
  "interop\\.manual\\.javascript" "nodejs tests/node_modules"
  "interop\\.manpages\\..*" "mandoc man-db"
  "interop\\.completions\\.bash" "tmux bash"
  "interop\\.completions\\.zsh" "tmux zsh"
  "interop\\.completions\\.fish" "tmux fish"
  "interop\\.shells\\..*" "bash dash zsh fish"
  "interop\\.(doctor|verify\\.(diagnoses|network))" "openssl"
  "interop\\.verify\\.http2" "nghttp2-proxy openssl"
  "interop\\.openai_judge\\..*" "nodejs tests/node_modules"
  "interop\\.ask_cloudflare\\..*" "openssl"
  "interop\\.template\\.(js|json|env)" "nodejs"
  "interop\\.template\\.sh" "bash dash"
  "interop\\.template\\.yaml" "python3-yaml"
  "interop\\.ecosystem\\..*" "nodejs tests/node_modules"
  "interop\\.(envfile_readers|reader_models)\\.bash" "bash"
  "interop\\.(envfile_readers|reader_models)\\.dash" "dash"
  "interop\\.(envfile_readers|reader_models)\\.zsh" "zsh"
  "interop\\.(envfile_readers|reader_models)\\.direnv" "direnv bash"
  "interop\\.(envfile_readers|reader_models)\\.rust-dotenv" "dotenv"
  "interop\\.(envfile_readers|reader_models)\\.python-dotenv" "python3-dotenv"
  "interop\\.(envfile_readers|reader_models)\\.ruby-dotenv" "ruby-dotenv"
  "interop\\.(envfile_readers|reader_models)\\.phpdotenv" "php-cli php-vlucas-phpdotenv"
  "interop\\.(envfile_readers|reader_models)\\.symfony" "php-cli php-symfony-dotenv"
  "interop\\.(envfile_readers|reader_models)\\.node" "nodejs"
  "interop\\.(envfile_readers|reader_models)\\.(dotenv.*|next|env-cmd)" "nodejs tests/node_modules")

# aigenv_needs(interop.age.peers needs) sets `needs` to the list of packages.
function(aigenv_needs name out)
  set(needs "")
  set(rows ${AIGENV_NEEDS})
  while(rows)
    list(POP_FRONT rows pattern packages)
    if(name MATCHES "^${pattern}$")
      string(REPLACE " " ";" packages "${packages}")
      list(APPEND needs ${packages})
    endif()
  endwhile()
  set(${out} "${needs}" PARENT_SCOPE)
endfunction()
