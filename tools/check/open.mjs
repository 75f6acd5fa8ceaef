// Opens encrypted messages with http_ece. On stdin a JSON array of {body, key, auth}, all base64url: a message's body and
// the phone's private key and secret. On stdout a JSON array of what the messages say, in base64url.
import { createECDH } from 'node:crypto'
import { readFileSync } from 'node:fs'
import ece from 'http_ece'

const bytes = (/** @type {string} */ text) => Buffer.from(text, 'base64url')
const messages = JSON.parse(readFileSync(0, 'utf8'))
const said = messages.map((/** @type {{body: string, key: string, auth: string}} */ message) => {
  const privateKey = createECDH('prime256v1')
  privateKey.setPrivateKey(bytes(message.key))
  return ece.decrypt(bytes(message.body), { version: 'aes128gcm', privateKey, authSecret: bytes(message.auth) }).toString('base64url')
})
process.stdout.write(JSON.stringify(said))
