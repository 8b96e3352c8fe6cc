// env_file: 'x' in a comment
const re = /["'{]/g, t = `a ${1 + 2} b`;
const { readFileSync } = require('node:fs')
module.exports = {
  apps: [{
    name: 'api', script: './server.js', // name: 'no'
    env_file: '.env',
    instances: 2,
    env: {
      NODE_ENV: 'production', PORT: 3000,
      name: 'evil',
      OPENAI_API_KEY: 'sk-proj-abcdefghijklmnopqrstuvwxyz0123',
      // aigenv: disable=secret-in-ecosystem
      DB_PASSWORD: 'x1234567890',
      TOKEN: process.env.TOKEN, ...rest, A,
      "B": 'a' + 'b',
    },
    env_production: { PORT: "4000" },
  }],
  deploy: { production: { key: '/home/me/.ssh/id', user: 'x', 'post-deploy': 'pm2 reload ecosystem.config.js --env production' } },
}
