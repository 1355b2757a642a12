import { Help, type Command } from 'commander'

/** What commander says of a wrong command line, and how we say it. The values it quotes stay as they were typed. */
const sentences: readonly (readonly [RegExp, string])[] = [
  [/^error: unknown command '(.*)'/, 'Không có lệnh "$1". Mời xem: motcua --help'],
  [/^error: unknown option '(.*?)'/, 'Không có tùy chọn $1. Mời xem lệnh này với --help.'],
  [/^error: required option '(.*)' not specified/, 'Lệnh này cần có $1.'],
  [/^error: option '(.*)' argument missing/, 'Mời cho giá trị của $1.'],
  [/^error: missing required argument '(.*)'/, 'Lệnh này cần có <$1>.'],
  [/^error: too many arguments.*/, 'Lệnh này có chữ thừa. Mời xem lệnh này với --help.'],
  [/^error: option '(.*?)' argument '(.*?)' is invalid\. Allowed choices are (.*?)\.?$/m, '$1: "$2" chưa đúng, mời chọn: $3.'],
  [/^error: option '(.*?)' argument '(.*?)' is invalid\.\s*/, '$1: "$2" chưa đúng. '],
  [/^error: (option .*) cannot be used with (.*)/, '$1 và $2 không đi cùng nhau.'],
]

const helpWords: readonly (readonly [RegExp, string])[] = [
  [/^Usage:/m, 'Cách dùng:'],
  [/^Arguments:/m, 'Chữ theo sau:'],
  [/^Options:/m, 'Tùy chọn:'],
  [/^Commands:/m, 'Lệnh:'],
  [/\bdefault: /g, 'mặc định: '],
  [/\(choices: /g, '(chọn: '],
]

/** A refusal of the command line in Vietnamese; what is none of commander's own sentences stays as it is. */
export function usageText(message: string): string {
  const found = sentences.find(([pattern]) => pattern.test(message))
  return found ? `${message.replace(found[0], found[1]).split('\n')[0]?.trimEnd() ?? ''}\n` : message
}

/** Help and refusals in Vietnamese; for a program before its commands are added, which inherit it. */
export function speakVietnamese(program: Command): void {
  program
    .configureOutput({ outputError: (message, write) => write(usageText(message)) })
    .configureHelp({ formatHelp: (command, helper) => helpWords.reduce((text, [word, ours]) => text.replace(word, ours), Help.prototype.formatHelp.call(helper, command, helper)) })
    .helpOption('-h, --help', 'hiện trợ giúp')
}

/** The line `help [command]` of every command that has commands. */
export function nameHelpCommands(program: Command): void {
  for (const command of [program, ...program.commands]) if (command.commands.length > 0) command.helpCommand('help [command]', 'trợ giúp của một lệnh')
}
