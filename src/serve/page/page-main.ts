/** The page's content. Parts that scripts fill are found by `data-part`. */
export const pageMain = `<header>
<h1>What does it see?</h1>
<p class="muted" data-part="model" aria-live="polite">&nbsp;</p>
<p class="muted" data-part="measured"></p>
</header>
<main>
<form class="key" data-part="key" hidden>
<label for="key">This service asks for an API key</label>
<div class="row"><input id="key" type="password" autocomplete="off" required> <button type="submit">Use it</button></div>
<p class="muted">It stays on this page until you leave it.</p>
</form>
<div class="columns">
<section aria-label="The picture">
<label class="drop" data-part="drop">
<input class="visually-hidden" type="file" accept="image/*,.bmp,.tif,.tiff" data-part="file" aria-describedby="how">
<span class="invitation" data-part="invitation"><strong>Choose a picture</strong><span id="how">or drop it here, or paste it</span></span>
<span class="frame" data-part="frame" hidden><img data-part="picture" alt=""><span class="seen" data-part="seen" hidden><img data-part="heat" alt=""></span></span>
</label>
<div class="row under" data-part="under" hidden>
<button type="button" data-part="again">Another picture</button>
<label class="switch" data-part="switch" hidden><input type="checkbox" data-part="look" checked> where it looked</label>
</div>
<p class="muted" data-part="note" hidden></p>
</section>
<section aria-label="The answer">
<p class="status" role="status" aria-live="polite" data-part="status"></p>
<p class="problem" role="alert" data-part="problem"></p>
<table data-part="answers" hidden>
<caption class="visually-hidden">The likeliest classes</caption>
<thead class="visually-hidden"><tr><th scope="col">Class</th><th scope="col">Probability</th></tr></thead>
<tbody></tbody>
</table>
<p class="muted" data-part="place"></p>
</section>
</div>
</main>
<footer class="muted">Pictures are sent to this service only, and it keeps none. <a href="openapi.json">What programs can ask</a></footer>`
