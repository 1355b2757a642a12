import { writeFileSync } from 'node:fs'
import { Option, type Command } from 'commander'
import { loadSampleOffice } from '#main/catalogue/catalogue.ts'
import type { Dossier } from '#domain/dossier.ts'
import { receiptPdf, type FormOffice } from '#main/forms/receipt-pdf.ts'
import { sampleDossier } from '#main/catalogue/sample-dossier.ts'
import type { PageSize } from '#main/forms/sheet.ts'
import { answer, globalsOf, misuse, refuse } from './answer.ts'

/** A dossier with the office whose paper it is, opened with the person's key. */
export interface FoundDossier {
  readonly dossier: Dossier
  readonly office: FormOffice
  /** Address that the QR opens, with the code. */
  readonly lookUpUrl?: string
}

export interface FormDependencies {
  /** Looks in the data folder; null when there is no such dossier. */
  readonly findDossier: (code: string, data: string | undefined) => Promise<FoundDossier | null>
}

interface FormOptions {
  readonly dossier?: string
  readonly sample?: boolean
  readonly out: string
  readonly size: PageSize
  readonly copies: string
  readonly data?: string
}

const texts = {
  vi: {
    notYet: 'Mẫu này chưa có',
    unknown: 'Không có mẫu tên',
    oneOf: 'Mời chọn một trong hai: --dossier MÃ hoặc --sample.',
    noDossier: 'Chưa thấy hồ sơ',
    notWritten: 'Chưa ghi được tệp',
    pages: 'trang',
  },
  en: {
    notYet: 'This form is not there yet',
    unknown: 'No form is called',
    oneOf: 'Give either --dossier CODE or --sample.',
    noDossier: 'No such dossier',
    notWritten: 'The file could not be written',
    pages: 'pages',
  },
} as const

const notYet = ['supplement', 'refusal', 'apology', 'stop', 'control', 'register']

/** Pages of a PDF that we wrote ourselves: page objects stand uncompressed in it. */
const countPages = (pdf: Uint8Array) => Buffer.from(pdf).toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length ?? 0

/** `motcua form NAME`: official forms as PDF; `receipt` is Mẫu 01. */
export function registerForm(program: Command, dependencies: FormDependencies): void {
  program
    .command('form')
    .argument('<name>', `receipt; ${notYet.join(', ')} chưa có`)
    .description('biểu mẫu chính thức dạng PDF')
    .option('--dossier <code>', 'mã hồ sơ')
    .option('--sample', 'hồ sơ mẫu')
    .requiredOption('--out <file>', 'tệp PDF')
    .option('--data <dir>', 'thư mục dữ liệu của máy')
    .addOption(new Option('--size <size>', 'khổ giấy').choices(['A5', 'A4']).default('A5'))
    .addOption(new Option('--copies <n>', 'số liên').choices(['1', '2']).default('1'))
    .action(async (name: string, options: FormOptions, command: Command) => {
      const globals = globalsOf(command)
      const t = texts[globals.lang]
      if (name !== 'receipt') misuse(command, notYet.includes(name) ? `${t.notYet}: ${name}` : `${t.unknown} ${name}`)
      if ((options.dossier === undefined) === (options.sample !== true)) misuse(command, t.oneOf)
      const found = options.dossier === undefined ? sample() : await dependencies.findDossier(options.dossier, options.data)
      if (found === null) return refuse(`${t.noDossier}: ${options.dossier}`)
      const url = found.lookUpUrl === undefined ? {} : { lookUpUrl: found.lookUpUrl }
      const pdf = await receiptPdf(found.dossier, found.office, options.size, { copies: options.copies === '2' ? [1, 2] : [2], ...url })
      try {
        writeFileSync(options.out, pdf)
      } catch (error) {
        refuse(`${t.notWritten}: ${error instanceof Error ? error.message : String(error)}`)
      }
      const pages = countPages(pdf)
      return answer(globals, { file: options.out, pages }, `${options.out}: ${pages} ${t.pages}`)
    })
}

function sample(): FoundDossier {
  return { dossier: sampleDossier(), office: loadSampleOffice().office }
}
