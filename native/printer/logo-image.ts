import { createCanvas, loadImage } from '@napi-rs/canvas'
import type { Bitmap } from './raster.ts'

/** As large as a sign at the head of a slip may be: two thirds of 80 mm, 15 mm high. */
const most = { width: 384, height: 120 } as const

/** A picture file (PNG, JPEG) as dots: never enlarged, darker than half is black, transparent is paper. Rejects when it is no picture. */
export async function logoFromImage(file: Uint8Array): Promise<Bitmap> {
  const image = await loadImage(file)
  const scale = Math.min(1, most.width / image.width, most.height / image.height)
  const width = (Math.max(8, Math.round(image.width * scale)) + 7) & ~7
  const height = Math.max(1, Math.round(image.height * scale))
  const context = createCanvas(width, height).getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.drawImage(image, 0, 0, Math.round(image.width * scale), height)
  const { data } = context.getImageData(0, 0, width, height)
  const bits = new Uint8Array((width >> 3) * height)
  for (let dot = 0; dot < width * height; dot++) {
    const [red = 255, green = 255, blue = 255] = data.subarray(dot * 4, dot * 4 + 3)
    if (red + green + blue < 384) bits[dot >> 3]! |= 0x80 >> (dot & 7)
  }
  return { width, height, stride: width >> 3, bits }
}
